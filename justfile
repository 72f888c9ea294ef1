# List the recipes
default:
    @just --list

# Build and test everything, with the AWS SDK mocked
[group('test')]
test:
    cargo test --all-features

# Test the core and the scenarios, which build in seconds because the AWS SDK is left out
[group('test')]
test-core *args:
    cargo test --no-default-features --features scenarios {{ args }}

# Test against LocalStack and moto, which the first run installs below `target/`; needs Python 3.11 or later
[group('test')]
emulators *args:
    cargo test --features emulators --test emulators {{ args }}

# Accept what the tests see as the new snapshots; read the difference before you commit it
[group('test')]
snapshots:
    INSTA_UPDATE=always cargo test --all-features

# Write the pages and schemas that come from types and from the catalogue
[group('test')]
pages:
    UPDATE_DOCS=1 cargo test --no-default-features --lib --test it

# Feed random patterns and messages to the engine; needs nightly and cargo-fuzz
[group('test')]
fuzz seconds='60':
    cargo +nightly fuzz run pattern -- -max_total_time={{ seconds }}

# Measure the pattern engine
[group('test')]
bench *args:
    cargo bench --no-default-features {{ args }}

# Format, then lint with and without the AWS SDK
[group('check')]
lint:
    cargo fmt
    cargo clippy --no-default-features --all-targets -- -D warnings
    cargo clippy --all-features --all-targets -- -D warnings

# Build the library's documentation
[group('check')]
docs:
    RUSTDOCFLAGS=-Dwarnings cargo doc --no-deps --all-features

# Check licences, sources and known vulnerabilities of the dependencies
[group('check')]
deny:
    cargo deny check

# Do all that CI does
[group('check')]
ci:
    .ci/run

# Audit the account that comes with the program
[group('try')]
demo:
    -cargo run --no-default-features -- audit --demo
