//! The fire drill: an event that a control requires is put into the log group, and a person's telephone rings.
//!
//! LocalStack looks at no filter pattern: whatever is put into any log group of an account feeds all its metric filters.
//! So this proves the wiring from the metric to the subscribers. That the event matches the filter, and that it is one
//! that the control requires, our own matcher and prover say.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use aws_sdk_cloudwatchlogs::types::InputLogEvent;
use serde_json::{Value, json};
use trailproof::control::{Catalogue, Control};
use trailproof::pattern::Pattern;
use trailproof::provider::Provider;
use trailproof::provider::live::emulated::{Emulated, EmulatedAccount, Emulators};
use trailproof::provider::recorded::Recording;
use trailproof::report::{Finding, Status};

use super::accounts::{audit_for, wait};
use super::described::described;
use super::emulated::shared;

const LIMIT: Duration = Duration::from_secs(60);
const REGION: &str = "us-east-1";

/// One control's account, and the event that is to be heard of.
struct Drill {
    control: String,
    emulated: Emulated,
    event: String,
}

#[test]
fn an_event_that_a_control_requires_is_heard_of_within_a_minute() {
    let Some(emulators) = shared() else { return };
    let telephone = Telephone::new();
    let drills: Vec<_> =
        compliant().into_iter().map(|account| Drill::prepare(&emulators, &telephone, account)).collect();
    assert!(!drills.is_empty());
    let start = Instant::now();
    for drill in &drills {
        wait(drill.put_event());
    }
    let mut silent: Vec<_> = drills.iter().collect();
    while !silent.is_empty() {
        let names: Vec<_> = silent.iter().map(|drill| &drill.control).collect();
        assert!(start.elapsed() < LIMIT, "nobody heard of {names:?}");
        thread::sleep(Duration::from_millis(500));
        silent.retain(|drill| !drill.is_heard_of(&telephone));
    }
}

/// The controls that a metric filter monitors, each with the account that does as the benchmark says.
fn compliant() -> Vec<(String, Recording)> {
    let filtered = |control: &Control| control.editions.values().all(|edition| edition.references().is_some());
    let controls = Catalogue::builtin().unwrap().controls.into_iter().filter(filtered);
    let accounts = controls.map(|Control { key, .. }| {
        let words = key.replace('-', " ");
        let account = described(&format!("Given an account where {words} are monitored as the benchmark says"));
        (key, account)
    });
    accounts.collect()
}

/// The finding on one control.
fn finding(provider: &impl Provider, control: &str) -> Finding {
    audit_for(provider, &[control.to_owned()]).findings.remove(0)
}

impl Drill {
    fn prepare(emulators: &Emulators, telephone: &Telephone, (control, account): (String, Recording)) -> Self {
        let event = finding(&without_filters(&account), &control).witness.unwrap().to_string();
        let patterns = patterns(&account);
        assert!(patterns.iter().any(|pattern| pattern.matches(&event)), "{control}: {event}");
        let account = audible(&account, &telephone.url(&control));
        let emulated = wait(emulators.provision(&account)).unwrap();
        emulated.account.sqs("/?Action=CreateQueue&QueueName=drill").unwrap();
        assert_eq!(finding(&emulated.live, &control).status, Status::Pass, "{control}");
        Self { control, emulated, event }
    }

    async fn put_event(&self) {
        let (group, logs) = ("CloudTrail/DefaultLogGroup", self.emulated.account.logs(REGION));
        logs.create_log_stream().log_group_name(group).log_stream_name("drill").send().await.unwrap();
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis().try_into().unwrap();
        let event = InputLogEvent::builder().timestamp(now).message(&self.event).build().unwrap();
        let put = logs.put_log_events().log_group_name(group).log_stream_name("drill").log_events(event);
        put.send().await.unwrap();
    }

    /// Whether the alarm has gone off and told both subscribers.
    fn is_heard_of(&self, telephone: &Telephone) -> bool {
        let account: &EmulatedAccount = &self.emulated.account;
        let alarms = wait(account.cloudwatch(REGION).describe_alarms().send()).unwrap();
        let queue = format!("/{}/drill?Action=ReceiveMessage&VisibilityTimeout=0&MaxNumberOfMessages=10", account.id());
        alarms.metric_alarms().iter().any(|alarm| alarm.state_value().is_some_and(|state| state.as_str() == "ALARM"))
            && telephone.has_rung(&self.control)
            && is_alarm(&account.sqs(&queue).unwrap(), &self.control)
    }
}

/// Whether a text holds the notification of the control's alarm, however quotes are escaped in it.
fn is_alarm(text: &str, control: &str) -> bool {
    let plain: String = text.replace("&quot;", "\"").chars().filter(|letter| !"\\ ".contains(*letter)).collect();
    plain.contains(&format!("\"AlarmName\":\"{control}\"")) && plain.contains("\"NewStateValue\":\"ALARM\"")
}

/// The account with changes to the outputs of an operation.
fn edited(account: &Recording, mut edit: impl FnMut(&str, &mut Value)) -> Recording {
    let mut file = serde_json::to_value(account).unwrap();
    for call in file.pointer_mut("/calls").unwrap().as_array_mut().unwrap() {
        let operation = call.get("operation").unwrap().as_str().unwrap().to_owned();
        if let Some(output) = call.get_mut("output") {
            edit(&operation, output);
        }
    }
    file.to_string().parse().unwrap()
}

fn without_filters(account: &Recording) -> Recording {
    edited(account, |operation, output| {
        if operation == "DescribeMetricFilters" {
            *output = json!({"metricFilters": []});
        }
    })
}

fn patterns(account: &Recording) -> Vec<Pattern> {
    let mut patterns = Vec::new();
    edited(account, |_, output| {
        let filters = output.get("metricFilters").and_then(Value::as_array).into_iter().flatten();
        patterns.extend(filters.map(|filter| filter.get("filterPattern").unwrap().as_str().unwrap().parse().unwrap()));
    });
    patterns
}

/// The account with subscribers that a test can be, and with an alarm that takes 10 s, in place of minutes, to notice.
fn audible(account: &Recording, url: &str) -> Recording {
    edited(account, |operation, output| match operation {
        "DescribeAlarms" => {
            for alarm in output.pointer_mut("/MetricAlarms").unwrap().as_array_mut().unwrap() {
                alarm.as_object_mut().unwrap().insert("Period".to_owned(), json!(10));
            }
        }
        "ListSubscriptionsByTopic" => {
            let first = output.pointer("/Subscriptions/0").unwrap().clone();
            let subscription = |number: u8, protocol: &str, endpoint: &str| {
                let mut one = first.clone();
                let arn = format!("{}-{number}", one.pointer("/SubscriptionArn").unwrap().as_str().unwrap());
                for (member, value) in
                    [("SubscriptionArn", arn.as_str()), ("Protocol", protocol), ("Endpoint", endpoint)]
                {
                    one.as_object_mut().unwrap().insert(member.to_owned(), json!(value));
                }
                one
            };
            let queue = format!("arn:aws:sqs:{REGION}:111122223333:drill");
            *output = json!({"Subscriptions": [subscription(1, "http", url), subscription(2, "sqs", &queue)]});
        }
        _ => {}
    })
}

/// An HTTP endpoint that keeps what is posted to it.
struct Telephone {
    port: u16,
    posts: Arc<Mutex<Vec<(String, String)>>>,
}

impl Telephone {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let posts = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&posts);
        // It ends with the process: a listener cannot be told to stop.
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let mut request = BufReader::new(stream);
                let (mut line, mut length) = (String::new(), 0);
                let _ = request.read_line(&mut line);
                let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
                while let Ok(2..) = {
                    line.clear();
                    request.read_line(&mut line)
                } {
                    let header = line.trim().to_ascii_lowercase();
                    let Some(value) = header.strip_prefix("content-length:") else {
                        if header.is_empty() { break } else { continue }
                    };
                    length = value.trim().parse().unwrap_or(0);
                }
                let mut body = vec![0; length];
                let _ = request.read_exact(&mut body);
                kept.lock().unwrap().push((path, String::from_utf8_lossy(&body).into_owned()));
                let _ =
                    request.get_mut().write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            }
        });
        Self { port, posts }
    }

    /// Where the alarm of this control is to call.
    fn url(&self, control: &str) -> String {
        format!("http://127.0.0.1:{}/{control}", self.port)
    }

    fn has_rung(&self, control: &str) -> bool {
        let posts = self.posts.lock().unwrap();
        posts.iter().any(|(path, body)| *path == format!("/{control}") && is_alarm(body, control))
    }
}
