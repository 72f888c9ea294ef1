//! Changes, made by calls to the emulators.

use super::names::Names;
use super::{EmulatedAccount, ProvisionError, cloudtrail, cloudwatch, kms, logs, securityhub, sns};
use crate::provider::change::{Change, Edit};

impl EmulatedAccount {
    /// Makes a change in the account that owns what is changed, which need not be this one. There is nothing yet of what
    /// the change puts there. Names that are others in the emulators are added to `names`.
    pub(super) async fn perform(&self, change: &Change, names: &mut Names) -> Result<(), ProvisionError> {
        let Change { account, region, edit } = change;
        let owner = self.neighbour(account);
        match edit {
            Edit::PutTrail(trail) => cloudtrail::create_trail(&owner, region, trail).await,
            Edit::PutEventSelectors { trail, basic, advanced } => {
                cloudtrail::put_event_selectors(&owner.cloudtrail(region), trail, basic, advanced).await
            }
            Edit::StartLogging { trail } => cloudtrail::start_logging(&owner.cloudtrail(region), trail).await,
            // moto keeps nothing of deliveries; `EmulatedAccount::live` says when the last one was.
            Edit::Deliver { .. } => Ok(()),
            Edit::CreateLogGroup { name } => logs::create_log_group(&owner.logs(region), name).await,
            Edit::PutMetricFilter { log_group, filter } => {
                logs::put_metric_filter(&owner.logs(region), log_group, filter).await
            }
            Edit::PutMetricAlarm(alarm) => cloudwatch::put_metric_alarm(&owner.cloudwatch(region), alarm).await,
            Edit::PutCompositeAlarm(alarm) => cloudwatch::put_composite_alarm(&owner.cloudwatch(region), alarm).await,
            Edit::EnableAlarmActions { alarm } => {
                cloudwatch::enable_alarm_actions(&owner.cloudwatch(region), alarm).await
            }
            // LocalStack knows neither: accounts that have them are quirks.
            Edit::PutLogAlarm(_) | Edit::PutMuteRule(_) => Ok(()),
            Edit::CreateTopic { topic } => sns::create_topic(&owner.sns(region), topic).await,
            Edit::SetTopicPolicy { topic, policy } => {
                sns::set_topic_attribute(&owner.sns(region), topic, "Policy", policy).await
            }
            Edit::SetTopicKey { topic, key } => {
                let key = names.as_emulated(key);
                sns::set_topic_attribute(&owner.sns(region), topic, "KmsMasterKeyId", &key).await
            }
            Edit::Subscribe { topic, listed, confirmed } => {
                let made = sns::subscribe(&owner, &owner.sns(region), topic, listed, *confirmed).await?;
                if listed.subscription_arn.starts_with("arn:") {
                    names.add(&listed.subscription_arn, &made);
                }
                Ok(())
            }
            Edit::SetFilterPolicy { subscription, policy, scope } => {
                let subscription = names.as_emulated(&subscription.to_string());
                sns::set_filter_policy(&owner.sns(region), &subscription, policy, scope.as_ref()).await
            }
            Edit::CreateKey { key, described } => {
                if let Some(made) = kms::create_key(&owner.kms(region), described).await? {
                    names.add(&key.name, &made);
                }
                Ok(())
            }
            Edit::CreateAlias { alias, key } => {
                kms::create_alias(&owner.kms(region), alias, &names.as_emulated(&key.name)).await
            }
            Edit::PutKeyPolicy { key, policy } => {
                kms::put_key_policy(&owner.kms(region), &names.as_emulated(&key.name), policy).await
            }
            Edit::EnableSecurityHub => securityhub::enable(&owner.securityhub(region)).await,
        }
    }
}
