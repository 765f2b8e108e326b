//! The proxies of the guide for operators, as they stand there: the doctor finds nothing wrong behind them.

use super::deployment::{Deployment, free_address};
use std::fs;
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

const GUIDE: &str = include_str!("../../../../docs/operating.md");

/// A piece of the guide, by its language.
fn sample(language: &str) -> &'static str {
    let start = format!("```{language}\n");
    GUIDE
        .split(start.as_str())
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .unwrap_or_else(|| panic!("the guide has a sample for {language}"))
}

struct Running {
    child: Child,
    _folder: TempDir,
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _gone = self.child.kill();
        let _ended = self.child.wait();
    }
}

/// Starts it, and waits until it listens. `None`: it is not on this machine.
fn run(program: &str, arguments: &[&str], folder: TempDir, at: SocketAddr) -> Option<Running> {
    let started = Command::new(program)
        .args(arguments)
        .env("HOME", folder.path())
        .current_dir(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(child) = started else {
        println!("{program} is not here, so its sample was not tried.");
        return None;
    };
    let running = Running {
        child,
        _folder: folder,
    };
    for _ in 0..1_000 {
        if TcpStream::connect(at).is_ok() {
            return Some(running);
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("{program} did not start with the guide's sample");
}

#[test]
fn nothing_is_wrong_behind_the_guides_nginx() {
    let (folder, front) = (tempfile::tempdir().unwrap(), free_address());
    let deployment = Deployment::start_behind(&format!("http://{front}"));
    let without_tls: String = sample("nginx")
        .lines()
        .filter(|line| !line.trim_start().starts_with("ssl_"))
        .map(|line| format!("{line}\n"))
        .collect();
    let site = without_tls
        .replace("listen 443 ssl", &format!("listen {front}"))
        // On the standard port a browser names none; here there is one.
        .replace("Host $host;", "Host $http_host;")
        .replace("127.0.0.1:8080", deployment.listen());
    let here = folder.path().display();
    let configuration = format!(
        "daemon off; master_process off; pid {here}/pid; error_log {here}/error.log;\n\
        events {{}}\n\
        http {{ access_log off; client_body_temp_path {here}/body; proxy_temp_path {here}/proxy;\n\
        fastcgi_temp_path {here}/f; uwsgi_temp_path {here}/u; scgi_temp_path {here}/s;\n{site}\n}}\n"
    );
    let file = folder.path().join("nginx.conf");
    fs::write(&file, configuration).unwrap();
    let arguments = [
        "-c".to_owned(),
        file.display().to_string(),
        "-e".into(),
        format!("{here}/start.log"),
    ];
    let arguments = arguments.each_ref().map(String::as_str);
    if let Some(_nginx) = run("nginx", &arguments, folder, front) {
        deployment.doctor(0);
    }
}

#[test]
fn nothing_is_wrong_behind_the_guides_caddy() {
    let (folder, front) = (tempfile::tempdir().unwrap(), free_address());
    let deployment = Deployment::start_behind(&format!("http://{front}"));
    let site = sample("caddy")
        .replace("chat.example.com", &format!("http://{front}"))
        .replace("127.0.0.1:8080", deployment.listen());
    fs::write(
        folder.path().join("Caddyfile"),
        format!("{{\n    admin off\n}}\n{site}"),
    )
    .unwrap();
    let arguments = ["run", "--config", "Caddyfile", "--adapter", "caddyfile"];
    if let Some(_caddy) = run("caddy", &arguments, folder, front) {
        deployment.doctor(0);
    }
}
