//! `lookedafter health`: whether the server on this machine is ready, for those who look after it and have no web client.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use super::Failure;
use super::output::say;
use crate::config::Config;

/// How long the answer may take.
const TIME_LIMIT: Duration = Duration::from_secs(5);

/// Arguments of `health`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Address and port of the server; where LOOKEDAFTER_LISTEN says, when left out.
    #[arg(long)]
    listen: Option<SocketAddr>,
}

/// Asks, and ends with 0 if the server is ready.
///
/// # Errors
/// The settings are wrong, or the server is not ready.
pub fn run(args: &Args) -> Result<(), Failure> {
    let given = args.listen.map(|listen| ("listen", listen.to_string()));
    let url = format!("http://{}/health/ready", here(Config::load(given.as_slice())?.listen));
    let settings =
        ureq::Agent::config_builder().timeout_global(Some(TIME_LIMIT)).proxy(None).http_status_as_error(false);
    match settings.build().new_agent().get(&url).call() {
        Ok(response) if response.status().is_success() => say!("ready"),
        Ok(response) => Err(Failure::Nothing(format!("not ready: {url} answered {}", response.status()))),
        Err(error) => Err(Failure::Nothing(format!("not ready: {url}: {error}"))),
    }
}

/// The address to ask at for one to listen on: a server on all addresses of this machine listens on its loopback too.
fn here(listen: SocketAddr) -> SocketAddr {
    let loopback: IpAddr = if listen.is_ipv4() { Ipv4Addr::LOCALHOST.into() } else { Ipv6Addr::LOCALHOST.into() };
    if listen.ip().is_unspecified() { SocketAddr::new(loopback, listen.port()) } else { listen }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_on_all_addresses_is_asked_on_the_loopback() {
        for (listen, asked) in [
            ("0.0.0.0:8080", "127.0.0.1:8080"),
            ("[::]:8080", "[::1]:8080"),
            ("10.0.0.7:80", "10.0.0.7:80"),
            ("127.0.0.2:80", "127.0.0.2:80"),
        ] {
            assert_eq!(here(listen.parse().unwrap()).to_string(), asked);
        }
    }
}
