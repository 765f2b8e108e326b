//! How it was measured, in words.

pub(super) const METHOD: &str = "
## How it was measured

`cargo xtask bench` builds the files for browsers, the release server with them inside and the load generator, and starts everything; `cargo xtask bench -- --quick` does the same with less patience and writes nothing unless `--docs FOLDER` is given.
Postgres is a server of its own for the length of the run, or the one that `--postgres URL` or `PORCHLIGHT_TEST_POSTGRES` names, with databases of its own in it; without one, SQLite alone is measured.
The server is the product as it ships, on a fresh data directory, set up by its own command line; limits are on.
A part that fails says so in its section, the others go on, and the command ends badly.

**Delivery.** Guests come from different peers by `X-Forwarded-For`, as through a trusted proxy, and nobody sends more than 1.8 messages a second.
Guests and agents speak what our own frame speaks: HTTP with a kept-alive connection each (at most 600), and WebSocket.
A thread of its own writes each call at its intended moment by an absolute clock, whether or not earlier ones have been answered; latency counts from the intended moment.
A run is void if the 99th percentile of the generator's own lateness exceeds a quarter of the delivery's.
A run counts only if what was sent equals what was acknowledged and what each agent received.
The echo is an axum WebSocket echo in a second process with the settings of the server's socket, 256 bytes, 1,000 a second.
The commit is one `insert` by sqlx in a transaction of its own, one at a time: on SQLite with WAL and `synchronous=FULL` on the same disk, on Postgres in the same database.
Both yardsticks are taken before and after the run and added up.
The warm-up is not counted.

**In the browser.** Chromium opens a plain page of another site; chat and page are two sites, so the frame has a process and a processor rate of its own.
All of the chat's bytes go through a TCP proxy of the harness: 1.6 Mbit/s each way shared by all connections, 75 ms each way, and a round trip for each connection's handshake; there is no TLS in it.
The click is the launcher's own, without a pointer near it before; the caret is the first input field that gets the keyboard, by the clock of its own document.
The loader's script is what the browser's trace says of `embed.js`; the page's whole main thread is compared with the same page without the tag.
Rounds of the same thing that differ by more than half make the figure void.

**Growth.** The long history is written straight into the tables while the server is down; nothing else of the bench goes behind the doors.
The small and the large side are asked in turns; the small one is asked twice, and where its two medians differ by more than a quarter, the comparison is void.
Of the conversations every second one ends with the customer's thanks, unanswered and seen; the newest twenty thanks are not seen yet.

**Regressions** are guarded by counts and slopes in `server/tests/guards/` and beside the writer, in every run of the tests: statements of a batch, memory of a socket, what stands between `begin` and `commit`.
";
