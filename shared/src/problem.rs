//! Errors as codes (D11): a problem is an error as the other side sees it.
//!
//! The law: the code says what happened, the interface says it in a sentence, and the value that caused it is never echoed.

use serde::{Deserialize, Serialize};

/// What went wrong. Exhaustive: the widget's translation is one `match`, so a new code cannot ship without its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// 400: not the JSON, or not the bytes, that belong here.
    Malformed,
    /// 400: a value of another type (a number for a name, an array for an object).
    Type,
    /// 400: a field that this command does not have.
    UnknownField,
    /// 400: text that no person types: NUL, lone surrogates, non-characters.
    BadText,
    /// 400: a cursor that we did not make.
    BadCursor,
    /// 400: a socket frame that cannot be read.
    BadFrame,
    /// 401: nobody is signed in, or the cookie did not come back.
    NoIdentity,
    /// 401: the identity token was refused; why stands in the audit log only.
    IdentityInvalid,
    /// 403: the request came from somewhere else than our own frame.
    ForeignOrigin,
    /// 403: Guest Mode is off.
    GuestOff,
    /// 404: not there, or not yours: the answer is the same.
    NotFound,
    /// 405: this route knows other methods.
    Method,
    /// 409: a client id that names another message already.
    IdReused,
    /// 409: it was stored, and the conversation went on in somebody's account since: there is nothing to send again.
    Continued,
    /// 409: somebody else changed it meanwhile.
    StaleVersion,
    /// 413
    TooBig,
    /// 415: a write must be JSON, or our own frame's encoding.
    ContentType,
    /// 422
    NameRequired,
    /// 422
    NameTooLong,
    /// 422: a name that would pass for the support group or one of its people.
    NameReserved,
    /// 422
    EmailRequired,
    /// 422: no `@`.
    EmailNoAt,
    /// 422: an `@`, but not the shape of an address.
    EmailShape,
    /// 422
    EmailTooLong,
    /// 422: nothing to see in it.
    TextEmpty,
    /// 422
    TextTooLong,
    /// 422: the same text many times in a row.
    DuplicateFlood,
    /// 422: a number outside its range, or a value outside its list.
    OutOfRange,
    /// 422: a quoted position that is not in this conversation.
    NoSuchPosition,
    /// 401: wrong address or password, or no such account: the answer is the same.
    SignInRefused,
    /// 401: a wrong, used, expired or worn-out code; the answer is the same.
    CodeRefused,
    /// 401: no such key of the host's server, or not for this.
    HostKeyRefused,
    /// 422: not an `https` address, or one of a private network.
    AddressPrivate,
    /// 422: the message reaches nobody; why is not told.
    Undeliverable,
    /// 422
    PasswordShort,
    /// 422
    PasswordLong,
    /// 422: a password that everybody knows, or the own name or address.
    PasswordWeak,
    /// 422: not an `https` address without a user name.
    UrlShape,
    /// 422: an URL rule is a path, not a whole address.
    PathOnly,
    /// 422: a rule that is no path, or is too long.
    RuleShape,
    /// 422: include and exclude rules at once.
    BothLists,
    /// 422: more entries than fit.
    TooMany,
    /// 422: the same entry twice.
    Duplicate,
    /// 422: not one line, too long for its place, or with characters that hide or reorder.
    LineShape,
    /// 422: not `#RRGGBB`.
    ColourShape,
    /// 422
    OriginScheme,
    /// 422
    OriginHost,
    /// 422
    OriginPort,
    /// 422
    OriginMore,
    /// 422: not a host name.
    HostShape,
    /// 422
    LanguageUnknown,
    /// 422
    NoSuchGroup,
    /// 422: a group of that name is there.
    NameTaken,
    /// 422: an account with that address is there; only admins are told.
    EmailTaken,
    /// 422: Guest Mode without User Groups.
    NeedsUserGroups,
    /// 422: Guest Mode without a guest group.
    NeedsGuestGroup,
    /// 422: Guest Mode with nobody in the guest group.
    GuestGroupEmpty,
    /// 422: User Groups cannot go off before Guest Mode.
    GuestModeIsOn,
    /// 422: conversations would go while their guests may still come back to them.
    KeptTooShort,
    /// 422: nobody would be left to undo it.
    LastAdmin,
    /// 422
    KeyIdShape,
    /// 422
    KeyTaken,
    /// 422
    KeyWeak,
    /// 422
    KeyShape,
    /// 422: not a PNG, JPEG or WebP picture, or a larger one than is looked at.
    PictureShape,
    /// 422: a picture that was never uploaded.
    NoSuchPicture,
    /// 422: a password would travel to another machine in the clear.
    NeedsTls,
    /// 422: no mail server is set up.
    MailOff,
    /// 422: the mail server did not take it.
    MailRefused,
    /// 426: the frame was built from other types than the server; it reloads itself.
    Outdated,
    /// 429: too many in too short a time; `retry_after_s` says when.
    SlowDown,
    /// 503: it could not be stored, so it is not acknowledged. Retry.
    NotStored,
    /// 503: the server is going away; another, or itself, is back soon.
    GoingAway,
    /// 500: our mistake.
    Broken,
}

impl ProblemCode {
    /// The HTTP status that carries it.
    pub const fn status(self) -> u16 {
        match self {
            Self::Malformed
            | Self::Type
            | Self::UnknownField
            | Self::BadText
            | Self::BadCursor
            | Self::BadFrame => 400,
            Self::NoIdentity
            | Self::IdentityInvalid
            | Self::SignInRefused
            | Self::CodeRefused
            | Self::HostKeyRefused => 401,
            Self::ForeignOrigin | Self::GuestOff => 403,
            Self::NotFound => 404,
            Self::Method => 405,
            Self::IdReused | Self::Continued | Self::StaleVersion => 409,
            Self::TooBig => 413,
            Self::ContentType => 415,
            Self::NameRequired
            | Self::NameTooLong
            | Self::NameReserved
            | Self::EmailRequired
            | Self::EmailNoAt
            | Self::EmailShape
            | Self::EmailTooLong
            | Self::TextEmpty
            | Self::TextTooLong
            | Self::DuplicateFlood
            | Self::OutOfRange
            | Self::NoSuchPosition
            | Self::AddressPrivate
            | Self::Undeliverable
            | Self::PasswordShort
            | Self::PasswordLong
            | Self::PasswordWeak
            | Self::UrlShape
            | Self::PathOnly
            | Self::RuleShape
            | Self::BothLists
            | Self::TooMany
            | Self::Duplicate
            | Self::LineShape
            | Self::ColourShape
            | Self::OriginScheme
            | Self::OriginHost
            | Self::OriginPort
            | Self::OriginMore
            | Self::HostShape
            | Self::LanguageUnknown
            | Self::NoSuchGroup
            | Self::NameTaken
            | Self::EmailTaken
            | Self::NeedsUserGroups
            | Self::NeedsGuestGroup
            | Self::GuestGroupEmpty
            | Self::GuestModeIsOn
            | Self::KeptTooShort
            | Self::LastAdmin
            | Self::KeyIdShape
            | Self::KeyTaken
            | Self::KeyWeak
            | Self::KeyShape
            | Self::PictureShape
            | Self::NoSuchPicture
            | Self::NeedsTls
            | Self::MailOff
            | Self::MailRefused => 422,
            Self::Outdated => 426,
            Self::SlowDown => 429,
            Self::Broken => 500,
            Self::NotStored | Self::GoingAway => 503,
        }
    }

    /// Whether the same command may succeed later without a change: what the outbox keeps trying.
    pub const fn is_passing(self) -> bool {
        matches!(
            self,
            Self::SlowDown | Self::NotStored | Self::GoingAway | Self::Broken
        )
    }
}

/// Which field of a form it is about. A setting's field is its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Name,
    Email,
    Text,
    ClientId,
    ReplyTo,
    Limit,
    Cursor,
    Position,
    Token,
    Search,
    Reason,
    Password,
    NewPassword,
    SiteName,
    SiteAddress,
    SupportName,
    Greeting,
    UsualAnswer,
    PrivacyUrl,
    FooterText,
    FooterUrl,
    Accent,
    Logo,
    Language,
    PageSize,
    GuestMode,
    UserGroups,
    GuestGroupId,
    AllowedOrigins,
    IncludeUrls,
    ExcludeUrls,
    ReservedNames,
    GuestIdleDays,
    GuestAbsoluteDays,
    KeepGuestConversationsDays,
    KeepEndedConversationsDays,
    KeepAuditDays,
    MailHost,
    MailPort,
    MailSecurity,
    MailUser,
    MailFrom,
    GroupId,
    KeyId,
    PublicKey,
    Conversion,
    Code,
    Scopes,
    WebhookUrl,
    WebhookEvents,
    ExternalId,
}

/// An error as the other side sees it. **Shape** in JSON: `{"code":"slow_down","retry_after_s":7}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Problem {
    // To programs a word: others may come.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "email_shape"))]
    pub code: ProblemCode,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "email"))]
    #[serde(default)]
    pub field: Option<Field>,
    /// **Units**: seconds; also sent as `Retry-After`.
    #[serde(default)]
    pub retry_after_s: Option<u32>,
}

impl Problem {
    pub const fn new(code: ProblemCode) -> Self {
        Self {
            code,
            field: None,
            retry_after_s: None,
        }
    }

    pub const fn about(code: ProblemCode, field: Field) -> Self {
        Self {
            code,
            field: Some(field),
            retry_after_s: None,
        }
    }

    pub const fn retry_after(code: ProblemCode, retry_after_s: u32) -> Self {
        Self {
            code,
            field: None,
            retry_after_s: Some(retry_after_s),
        }
    }
}

impl From<ProblemCode> for Problem {
    fn from(code: ProblemCode) -> Self {
        Self::new(code)
    }
}
