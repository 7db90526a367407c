//! The address that a request comes from: that of the connection, or what a trusted proxy says of it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use actix_web::HttpRequest;

/// The header in which proxies say for whom they ask, each adding the address that it was asked from.
const FORWARDED: &str = "x-forwarded-for";

/// The address that stands for whoever sent the request. Of IPv6 it is the network, because one subscriber has
/// as many addresses in it as they like.
pub fn address(request: &HttpRequest, trusted: &[IpAddr]) -> IpAddr {
    let peer = request.peer_addr().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip());
    let headers = request.headers().get_all(FORWARDED).map(|value| value.to_str().unwrap_or_default());
    network(last_untrusted(peer.to_canonical(), headers, trusted))
}

/// Goes back from the nearest hop as long as the one that told of the next is trusted.
fn last_untrusted<'a>(peer: IpAddr, headers: impl Iterator<Item = &'a str>, trusted: &[IpAddr]) -> IpAddr {
    let hops: Vec<&str> = headers.flat_map(|header| header.split(',')).map(str::trim).collect();
    let mut nearest = peer;
    for hop in hops.into_iter().rev() {
        let Some(next) = read(hop).filter(|_| trusted.contains(&nearest)) else { break };
        nearest = next;
    }
    nearest
}

fn read(hop: &str) -> Option<IpAddr> {
    let with_port = || hop.parse::<SocketAddr>().ok().map(|address| address.ip());
    hop.parse::<IpAddr>().ok().or_else(with_port).map(|address| address.to_canonical())
}

fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(peer: &str, header: &str) -> String {
        let trusted = ["10.0.0.1", "10.0.0.2"].map(|text| text.parse().unwrap());
        network(last_untrusted(peer.parse().unwrap(), [header].into_iter(), &trusted)).to_string()
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        for (peer, header, expected) in [
            ("198.51.100.7", "", "198.51.100.7"),
            ("198.51.100.7", "203.0.113.9", "198.51.100.7"),
            ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
            ("10.0.0.1", "203.0.113.9:4711", "203.0.113.9"),
            ("10.0.0.1", "1.1.1.1, 203.0.113.9", "203.0.113.9"),
            ("10.0.0.1", "1.1.1.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
            ("10.0.0.1", "nonsense", "10.0.0.1"),
            ("10.0.0.1", "", "10.0.0.1"),
        ] {
            assert_eq!(found(peer, header), expected, "{peer} {header}");
        }
    }

    #[test]
    fn of_a_long_address_the_network_stands_for_all() {
        assert_eq!(found("2001:db8:1:2:3:4:5:6", ""), "2001:db8:1:2::");
        assert_eq!(found("10.0.0.1", "[2001:db8:1:2:aaaa::1]:80"), "2001:db8:1:2::");
    }
}
