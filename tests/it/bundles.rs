//! Evidence in one file: what holds, what is noticed, and what is refused.

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::*;
use rstest::rstest;
use tar::Header;
use trailproof::account::collect::collect;
use trailproof::bundle::{Bundle, SIZE_LIMIT, sha256};
use trailproof::chain::{Chain, Patterns};
use trailproof::control::Catalogue;
use trailproof::estate::Estate;
use trailproof::judge::Question;
use trailproof::judge::recheck::{Proof, recheck};
use trailproof::render;
use trailproof::report::StoredReport;

use super::accounts;
use super::runner::trailproof;

/// An audit of an account whose filter watches one region only.
const ONE_REGION: &[&str] = &[
    "--recording",
    "tests/fixtures/one-region.json",
    "--control",
    "network-gateway-changes",
    "--control",
    "security-hub-enabled",
];

/// A directory with the bundle of that audit, and the bundle's path.
fn one_region() -> (tempfile::TempDir, PathBuf) {
    bundle_of(ONE_REGION)
}

fn bundle_of(args: &[&str]) -> (tempfile::TempDir, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("evidence.tar");
    let told = trailproof().args(["audit", "--bundle", path.to_str().unwrap()]).args(args).run().output();
    let digest = sha256(&fs::read(&path).unwrap());
    assert!(told.ends_with(&format!("wrote {}, SHA-256 {digest}\n", path.display())), "{told}");
    (directory, path)
}

/// What is said of a bundle, without its path, and the exit code.
fn verify(bytes: &[u8], args: &[&str]) -> (String, i32) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("evidence.tar");
    fs::write(&path, bytes).unwrap();
    let ran = trailproof().args(["verify", path.to_str().unwrap()]).args(args).run();
    let told = ran.output().replace(path.to_str().unwrap(), "evidence.tar").replace(&sha256(bytes), "[its digest]");
    (told, ran.exit)
}

/// The bundle with something done to it, sealed again by somebody who knows how.
fn forged(forge: impl FnOnce(&mut Bundle)) -> Vec<u8> {
    let (_directory, path) = one_region();
    let (mut bundle, changed) = Bundle::read(&fs::read(path).unwrap()).unwrap();
    assert_eq!(changed, [""; 0]);
    forge(&mut bundle);
    bundle.to_bytes().unwrap()
}

fn assert_snapshot(name: &str, text: &str) {
    super::assert_snapshot("bundles", name, text);
}

#[test]
fn what_an_audit_writes_holds() {
    for args in [ONE_REGION, &["--demo"], &["--recording", "tests/fixtures/accounts/compliant.json", "--strict"]] {
        let (_directory, path) = bundle_of(args);
        let (told, exit) = verify(&fs::read(path).unwrap(), &[]);
        assert_eq!(exit, 0, "{told}");
        assert!(told.ends_with("\nthe bundle holds\n"), "{told}");
    }
}

#[test]
fn a_recording_is_kept_byte_for_byte() {
    let recording = "tests/fixtures/accounts/compliant.json";
    let (_directory, path) = bundle_of(&["--recording", recording]);
    let (bundle, _) = Bundle::read(&fs::read(path).unwrap()).unwrap();
    assert_eq!(bundle.recordings[0].name, "recordings/111122223333.json");
    assert_eq!(bundle.recordings[0].text, fs::read_to_string(recording).unwrap());
    let report = trailproof().args(["audit", "--recording", recording, "--format", "json"]).run().stdout;
    assert_eq!(bundle.report, report);
}

/// Every byte, each with some of its bits turned round.
#[test]
fn a_single_byte_does_not_change_unnoticed() {
    let bare = tempfile::Builder::new().suffix(".json").tempfile().unwrap();
    fs::write(bare.path(), r#"{"format": "trailproof-recording/1", "account": "111122223333", "calls": []}"#).unwrap();
    let (_directory, path) =
        bundle_of(&["--recording", bare.path().to_str().unwrap(), "--control", "network-gateway-changes"]);
    let mut bytes = fs::read(path).unwrap();
    assert!(Bundle::read(&bytes).unwrap().1.is_empty());
    for at in 0..bytes.len() {
        for bits in [0x01, 0x02, 0x10, 0x20, 0x80, 0xff] {
            bytes[at] ^= bits;
            let noticed = Bundle::read(&bytes).map_or(true, |(_, changed)| !changed.is_empty());
            assert!(noticed, "byte {at}, bits {bits:#x}");
            bytes[at] ^= bits;
        }
    }
    for at in (0..bytes.len()).step_by(97) {
        bytes[at] ^= 0x01;
        assert_ne!(verify(&bytes, &[]).1, 0, "byte {at}");
        bytes[at] ^= 0x01;
    }
}

/// A part that says something else than its digest, which somebody did not seal again.
#[test]
fn a_changed_part_is_named() {
    let (_directory, path) = one_region();
    let mut bytes = fs::read(path).unwrap();
    let at = bytes.windows(7).position(|bytes| bytes == b"SUCCESS" || bytes == b"\"fail\",").unwrap();
    bytes[at + 1..at + 5].copy_from_slice(b"pass");
    let (told, exit) = verify(&bytes, &[]);
    assert_eq!(exit, 1);
    assert_snapshot("changed", &told);
}

#[rstest]
#[case("report", |bundle: &mut Bundle| bundle.report = bundle.report.replace("\"fail\"", "\"pass\""))]
#[case("witness-not-required", |bundle: &mut Bundle| bundle.report = bundle.report.replace("\"CreateCustomerGateway\"", "\"CreateVpc\""))]
#[case("witness-carried", |bundle: &mut Bundle| bundle.report = bundle.report.replace("\"eu-west-1\"", "\"us-east-1\""))]
#[case("witness-no-record", |bundle: &mut Bundle| bundle.report = bundle.report.replace("\"ec2.amazonaws.com\"", "\"s3.amazonaws.com\""))]
#[case("witness-missing", |bundle: &mut Bundle| bundle.report = without_witnesses(&bundle.report))]
#[case("recording", |bundle: &mut Bundle| bundle.recordings[0].text = bundle.recordings[0].text.replace("us-east-1)", "eu-west-1)"))]
#[case("account", |bundle: &mut Bundle| bundle.recordings[0].text = bundle.recordings[0].text.replace("111122223333", "444455556666"))]
#[case("benchmark", |bundle: &mut Bundle| bundle.manifest.benchmark = "9.0.0".to_owned())]
#[case("controls", |bundle: &mut Bundle| bundle.manifest.controls.truncate(1))]
fn what_is_sealed_again_is_derived_again(#[case] name: &str, #[case] forge: fn(&mut Bundle)) {
    let (told, exit) = verify(&forged(forge), &[]);
    assert_eq!(exit, 1, "{told}");
    assert_snapshot(name, &told);
}

fn without_witnesses(report: &str) -> String {
    let mut report: serde_json::Value = serde_json::from_str(report).unwrap();
    for finding in report["findings"].as_array_mut().unwrap() {
        finding["witness"] = serde_json::Value::Null;
    }
    format!("{report:#}\n")
}

#[test]
fn a_digest_that_was_kept_tells_a_bundle_that_was_made_anew() {
    let bytes = forged(|_| {});
    assert_eq!(verify(&bytes, &["--sha256", &sha256(&bytes).to_uppercase()]).1, 0);
    let (told, exit) = verify(&forged(|bundle| bundle.manifest.strict = true), &["--sha256", &sha256(&bytes)]);
    assert_eq!(exit, 1);
    assert!(told.contains("differs  the file has another SHA-256 than the one that was kept"), "{told}");
    let (told, exit) = verify(&bytes, &["--sha256", "abc"]);
    assert!(exit == 2 && told.contains("a SHA-256 has 64 hexadecimal digits"), "{told}");
}

#[test]
fn a_bundle_of_another_version_is_verified_and_says_so() {
    let (told, exit) = verify(&forged(|bundle| bundle.manifest.tool.version = "0.0.9".to_owned()), &[]);
    assert_eq!(exit, 0);
    assert_snapshot("another-version", &told);
    let (told, _) = verify(&forged(|bundle| bundle.manifest.catalogue.sha256 = "0".repeat(64)), &[]);
    assert!(told.contains("note     made by trailproof"), "{told}");
}

#[test]
fn what_is_no_bundle_is_refused_in_one_complaint() {
    let (_directory, path) = one_region();
    let good = fs::read(path).unwrap();
    let renamed = |from: &str, to: &str| renamed(&good, from, to);
    let again = forged(|bundle| bundle.recordings.push(bundle.recordings[0].clone()));
    let nothing = forged(|bundle| bundle.recordings.clear());
    let mut binary = good.clone();
    binary[512] = 0xff;
    let huge = changed(&good[..512], |header| header.set_size(0o777_7777_7777));
    let cases: [(&str, &[u8]); 14] = [
        ("nothing", b""),
        ("something else", b"{}"),
        ("something compressed", b"\x1f\x8b\x08\x00\x00\x00\x00\x00"),
        ("its beginning", &good[..1000]),
        ("a byte more", &[&good[..], b"\0"].concat()),
        ("a path out of it", &renamed("recordings/111122223333.json", "../../111122223333.json")),
        ("an absolute path", &renamed("recordings/111122223333.json", "/etc/passwd")),
        ("a name with a line break", &renamed("report.json", "report\n.json")),
        ("a part twice", &again),
        ("no recording", &nothing),
        ("a part that is huge", &[huge.as_bytes(), &good[512..]].concat()),
        ("a part that is no text", &binary),
        ("no seal", &[&good[..good.len() - 2048], &[0; 1024][..]].concat()),
        ("a deep manifest", &forged_manifest(&"[".repeat(100_000))),
    ];
    let told = cases.map(|(name, bytes)| {
        let (told, exit) = verify(bytes, &[]);
        assert_eq!((exit, told.matches("error: ").count()), (2, 1), "{name}: {told}");
        format!("{name}\n{told}")
    });
    assert_snapshot("complaints", &told.join("\n"));
}

/// The archive with another name for a part, and a checksum that fits it.
fn renamed(archive: &[u8], from: &str, to: &str) -> Vec<u8> {
    let mut archive = archive.to_vec();
    let at = (0..archive.len()).step_by(512).find(|at| archive[*at..].starts_with(from.as_bytes())).unwrap();
    let header = &mut archive[at..at + 512];
    header.copy_from_slice(
        changed(header, |header| {
            let name = &mut header.as_old_mut().name;
            name.fill(0);
            name[..to.len()].copy_from_slice(to.as_bytes());
        })
        .as_bytes(),
    );
    archive
}

/// A bundle whose manifest is this text.
fn forged_manifest(text: &str) -> Vec<u8> {
    let bundle = forged(|_| {});
    let header = changed(&bundle[..512], |header| header.set_size(text.len() as u64));
    let mut content = text.as_bytes().to_vec();
    content.resize(text.len().next_multiple_of(512), 0);
    [header.as_bytes(), &content[..], &bundle[1024..]].concat()
}

/// The header of a part with something done to it, and a checksum that fits it.
fn changed(header: &[u8], change: impl FnOnce(&mut Header)) -> Header {
    let mut header = Header::from_byte_slice(header).clone();
    change(&mut header);
    header.set_cksum();
    header
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is cut out of a bundle and put in its place, it is noticed or refused.
    #[test]
    fn no_edit_goes_unnoticed(at in 0..14_000_usize, length in 0..1_500_usize, put in vec(any::<u8>(), 0..1_500)) {
        let mut bytes = DEMO.clone();
        let from = at.min(bytes.len());
        let to = (from + length).min(bytes.len());
        bytes.splice(from..to, put);
        let unchanged = bytes == *DEMO;
        prop_assert_eq!(Bundle::read(&bytes).is_ok_and(|(_, changed)| changed.is_empty()), unchanged);
    }
}

static DEMO: LazyLock<Vec<u8>> = LazyLock::new(|| forged(|_| {}));

/// What it says may be judged otherwise one day, but it has to be read.
#[test]
fn a_bundle_of_the_first_version_stays_readable() {
    let bytes = fs::read("tests/fixtures/formats/trailproof-bundle-1.tar").unwrap();
    let (bundle, changed) = Bundle::read(&bytes).unwrap();
    assert_eq!((bundle.recordings.len(), changed.len()), (1, 0));
    assert_eq!(bundle.to_bytes().unwrap(), bytes);
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let file = tempfile::NamedTempFile::new().unwrap();
    file.as_file().set_len(SIZE_LIMIT as u64 + 1).unwrap();
    let told = trailproof().args(["verify", file.path().to_str().unwrap()]).run().exits(2);
    assert!(told.starts_with("error: the file is larger than 256 MiB"), "{told}");
}

#[test]
fn a_bundle_is_written_whole_or_not_at_all() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("nowhere/evidence.tar");
    let told = trailproof().args(["audit", "--demo", "--bundle", path.to_str().unwrap()]).run().exits(2);
    assert!(told.starts_with("error: cannot write the bundle") && told.contains("help:"), "{told}");
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 0);
}

/// The archive is one for `tar` and `sha256sum`, so that nobody needs this program to look into it.
#[cfg(unix)]
#[test]
fn other_programs_unpack_and_check_it() {
    use super::runner::shell;
    let (directory, path) = one_region();
    let ran = shell(&format!(
        "cd {} && tar xf {} && sha256sum --check SHA256SUMS",
        directory.path().display(),
        path.display()
    ));
    let expected = "manifest.json: OK\nrecordings/111122223333.json: OK\nreport.json: OK\n";
    assert_eq!(ran.stdout, expected, "{}", ran.stderr);
    assert!(directory.path().join("report.json").exists());
}

#[test]
fn every_proof_stands_when_it_is_checked_again() {
    let catalogue = Catalogue::builtin().unwrap();
    let version = catalogue.version(None).unwrap();
    let question = Question { version, prover: &catalogue.records, strict: false, letter: false };
    let (mut witnesses, mut certificates) = (0, 0);
    for (name, recording) in accounts::all() {
        let past: StoredReport = render::json(&accounts::audit(&recording)).unwrap().parse().unwrap();
        let account = accounts::wait(collect(&recording));
        let chain = Chain::of(&Estate::from_iter([account.clone()]), &Patterns::default());
        for finding in &past.findings {
            let control = catalogue.controls.iter().find(|control| control.key == finding.control).unwrap();
            match recheck(&chain, &account, control, question, finding) {
                Ok(Proof::Witness) => witnesses += 1,
                Ok(Proof::Certificate) => certificates += 1,
                Ok(Proof::None) => {}
                Err(flaw) => panic!("{name}: {}: {flaw}", finding.control),
            }
        }
    }
    assert!(certificates > 0 && (witnesses > 0 || !cfg!(feature = "scenarios")), "{witnesses} {certificates}");
}
