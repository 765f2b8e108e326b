//! Blocks and reports.
//!
//! The law: one function per command.

use crate::admin::api;
use crate::net::path::with;
use crate::net::{Failure, Method};
use shared::safety::{BlockPage, BlockRow, ReportPage, ReportRow};

const BLOCKS: &str = "/api/admin/blocks";
const REPORTS: &str = "/api/admin/reports";

pub async fn blocks(cursor: Option<String>) -> Result<(Vec<BlockRow>, Option<String>), Failure> {
    let page: BlockPage = api::get(&with(BLOCKS, &[("cursor", cursor)])).await?;
    Ok((page.blocks, page.cursor))
}

pub async fn unblock(block: &BlockRow) -> Result<(), Failure> {
    let path = [BLOCKS, "/", block.block_id.as_str()].concat();
    api::order(Method::Delete, &path).await
}

/// `state`: `open` or `dismissed`.
pub async fn reports(
    state: &'static str,
    cursor: Option<String>,
) -> Result<(Vec<ReportRow>, Option<String>), Failure> {
    let parameters = [("state", Some(state.into())), ("cursor", cursor)];
    let page: ReportPage = api::get(&with(REPORTS, &parameters)).await?;
    Ok((page.reports, page.cursor))
}

pub async fn dismiss(report: &ReportRow) -> Result<(), Failure> {
    let path = [REPORTS, "/", report.report_id.as_str(), "/dismiss"].concat();
    api::order(Method::Post, &path).await
}
