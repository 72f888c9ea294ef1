//! IP addresses, as Java's `InetAddress` reads literals, and blocks of them, as EventBridge compares them.

use crate::error::ErrorKind;

/// An address: 4 bytes, or 16. An IPv6 address that stands for an IPv4 one (`::ffff:a00:1`) is that one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Address(Box<[u8]>);

/// A block of addresses, from the lowest to the highest.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Block {
    text: String,
    low: Address,
    high: Address,
}

impl Address {
    /// The address that a text is, in any spelling; `None` if it is none.
    pub fn parse(text: &str) -> Option<Self> {
        if looks_like_v4(text) {
            return v4(text).map(|bytes| Self(Box::new(bytes)));
        }
        if !looks_like_v6(text) {
            return None;
        }
        let groups = v6(text)?;
        let bytes: Vec<u8> = groups.iter().flat_map(|group| group.to_be_bytes()).collect();
        Some(match groups {
            [0, 0, 0, 0, 0, 0xffff, ..] => Self(bytes.get(12..).unwrap_or_default().into()),
            _ => Self(bytes.into()),
        })
    }

    /// 4 bytes, or 16.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Upper-case hexadecimal digits.
    pub(crate) fn digits(&self) -> Vec<u8> {
        const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
        let digit = |nibble: u8| DIGITS.get(usize::from(nibble)).copied().unwrap_or_default();
        self.0.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
    }

    fn map(&self, change: impl Fn(usize, u8) -> u8) -> Self {
        Self(self.0.iter().enumerate().map(|(at, byte)| change(at, *byte)).collect())
    }
}

impl Block {
    /// Reads `10.0.0.0/8`. Bits of the address that the mask leaves open are ignored.
    pub fn parse(text: &str) -> Result<Self, ErrorKind> {
        // As Java splits: empty texts at the end do not count.
        let parts: Vec<_> = text.trim_end_matches('/').split('/').collect();
        let [address, mask] = parts.as_slice() else { return Err(ErrorKind::CidrSlash) };
        let mask: i32 = mask.parse().map_err(|_| ErrorKind::CidrMask)?;
        let mask = usize::try_from(mask).map_err(|_| ErrorKind::CidrNegative)?;
        let literal = looks_like_v4(address) || looks_like_v6(address);
        let address = Address::parse(address).ok_or_else(|| {
            let address = (*address).to_owned();
            if literal { ErrorKind::InvalidAddress { address } } else { ErrorKind::NonstandardAddress { address } }
        })?;
        let is_v4 = address.bytes().len() == 4;
        let bits = if is_v4 { 32 } else { 128 };
        if mask >= if is_v4 { 32 } else { 128 } {
            return Err(ErrorKind::CidrNarrow { bits });
        }
        // The bits of the byte at this place that the mask leaves open.
        let open = |at: usize| match mask.saturating_sub(at * 8) {
            fixed @ 0..8 => 0xff_u8 >> fixed,
            _ => 0,
        };
        Ok(Self {
            text: text.to_owned(),
            low: address.map(|at, byte| byte & !open(at)),
            high: address.map(|at, byte| byte | open(at)),
        })
    }

    /// The text as written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The lowest address.
    pub fn low(&self) -> &Address {
        &self.low
    }

    /// The highest address.
    pub fn high(&self) -> &Address {
        &self.high
    }
}

/// Whether EventBridge finds the digits of a value in the range from `low` to `high`.
///
/// EventBridge follows the digits until they leave one of the bounds, and looks no further: a longer address is in the
/// range if its beginning is, and a shorter one if it differs from both bounds before it ends.
pub(crate) fn in_range(low: &[u8], high: &[u8], digits: impl Iterator<Item = u8>) -> bool {
    let (mut on_low, mut on_high) = (true, true);
    let mut bounds = low.iter().zip(high);
    for digit in digits {
        let Some((low, high)) = bounds.next() else { return true };
        if !digit.is_ascii_digit() && !(b'A'..=b'F').contains(&digit) {
            return false;
        }
        match (on_low, on_high) {
            (true, true) if digit < *low || digit > *high => return false,
            (true, false) if digit < *low => return false,
            (false, true) if digit > *high => return false,
            _ => {}
        }
        (on_low, on_high) = (on_low && digit == *low, on_high && digit == *high);
        if !on_low && !on_high {
            return true;
        }
    }
    bounds.next().is_none()
}

fn looks_like_v4(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.as_bytes().first().is_some_and(u8::is_ascii_digit)
        && text.split('.').count() == 4
        && text.split('.').all(digits)
}

fn looks_like_v6(text: &str) -> bool {
    text.contains(':') && text.bytes().all(|byte| byte == b':' || byte.is_ascii_hexdigit())
}

/// Java reads no more than 15 characters as an IPv4 address, and leading zeros as decimal.
fn v4(text: &str) -> Option<[u8; 4]> {
    if text.len() > 15 {
        return None;
    }
    let mut parts = text.split('.').map(|part| part.parse::<u8>().ok());
    Some([parts.next()??, parts.next()??, parts.next()??, parts.next()??])
}

/// Java reads any number of leading zeros in a group.
fn v6(text: &str) -> Option<[u16; 8]> {
    let group = |group: &str| match group.trim_start_matches('0') {
        "" => (!group.is_empty()).then_some(0),
        digits => u16::from_str_radix(digits, 16).ok(),
    };
    let groups = |part: &str| match part {
        "" => Some(vec![]),
        part => part.split(':').map(group).collect::<Option<Vec<u16>>>(),
    };
    match text.split_once("::") {
        Some((before, after)) => {
            let (before, after) = (groups(before)?, groups(after)?);
            let missing = 8_usize.checked_sub(before.len() + after.len()).filter(|missing| *missing > 0)?;
            let all = before.into_iter().chain(std::iter::repeat_n(0, missing)).chain(after);
            all.collect::<Vec<_>>().try_into().ok()
        }
        None => groups(text)?.try_into().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn same(a: &str, b: &str) -> bool {
        Address::parse(a).is_some() && Address::parse(a) == Address::parse(b)
    }

    #[test]
    fn spellings() {
        assert!(same("10.0.0.1", "10.0.0.01"));
        assert!(same("::1", "0:0:0:0:0:0:0:1"));
        assert!(same("1::", "00001:0:0:0:0:0:0:0"));
        assert!(same("10.0.0.1", "::ffff:a00:1"));
        assert!(same("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"));
        for none in ["", "10.1", "999.1.1.1", "10.0.0.0000000001", ":1", "1:", ":::", "1::2::3", "::1:2:3:4:5:6:7:8"] {
            assert_eq!(Address::parse(none), None, "{none}");
        }
        for none in ["::ffff:10.0.0.1", "fe80::1%eth0", "1:2:3:4:5:6:7:8::", "12345::", "ec2.amazonaws.com"] {
            assert_eq!(Address::parse(none), None, "{none}");
        }
    }

    #[test]
    fn blocks() {
        let holds = |block: &str, address: &str| {
            let block = Block::parse(block).unwrap();
            let digits = Address::parse(address).unwrap().digits();
            in_range(&block.low().digits(), &block.high().digits(), digits.into_iter())
        };
        assert!(holds("10.0.0.7/24", "10.0.0.255"));
        assert!(!holds("10.0.0.7/24", "10.0.1.0"));
        assert!(holds("0.0.0.0/0", "255.255.255.255"));
        assert!(holds("2001:db8::/32", "2001:db8::1"));
        assert!(!holds("2001:db8::/32", "2001:db9::1"));
        // As EventBridge does it.
        assert!(holds("10.0.0.0/8", "0a00::1"));
        assert!(holds("2001::/16", "32.1.16.0"));
        assert!(!holds("2001:db8::/32", "32.1.13.184"));
        for (text, error) in [
            ("1.2.3.4", ErrorKind::CidrSlash),
            ("1.2.3.4/3/4", ErrorKind::CidrSlash),
            ("1.2.3.4/x", ErrorKind::CidrMask),
            ("1.2.3.4/-1", ErrorKind::CidrNegative),
            ("1.2.3.4/32", ErrorKind::CidrNarrow { bits: 32 }),
            ("::1/128", ErrorKind::CidrNarrow { bits: 128 }),
            ("xx/8", ErrorKind::NonstandardAddress { address: "xx".to_owned() }),
            ("300.2.3.4/3", ErrorKind::InvalidAddress { address: "300.2.3.4".to_owned() }),
        ] {
            assert_eq!(Block::parse(text), Err(error), "{text}");
        }
    }

    proptest! {
        #[test]
        fn blocks_hold_the_addresses_between_their_bounds(base: u32, mask in 0_u32..32, other: u32, near in any::<bool>()) {
            let block = Block::parse(&format!("{}/{mask}", std::net::Ipv4Addr::from(base))).unwrap();
            let other = if near { base ^ (other >> mask) } else { other };
            let address = Address::parse(&std::net::Ipv4Addr::from(other).to_string()).unwrap();
            let held = in_range(&block.low().digits(), &block.high().digits(), address.digits().into_iter());
            let same = mask == 0 || (base >> (32 - mask)) == (other >> (32 - mask));
            prop_assert_eq!(held, same);
        }

        #[test]
        fn addresses_are_read_as_the_standard_library_reads_them(bytes: u128) {
            let address = std::net::Ipv6Addr::from(bytes);
            let expected = match address.to_ipv4_mapped() {
                Some(mapped) => mapped.octets().to_vec(),
                None => address.octets().to_vec(),
            };
            let written = address.segments().map(|segment| format!("{segment:x}")).join(":");
            let parsed = Address::parse(&written).unwrap();
            prop_assert_eq!(parsed.bytes(), expected);
        }
    }
}
