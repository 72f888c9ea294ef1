#!/bin/sh
# Records an AWS account with the AWS CLI and nothing else, for `trailproof record --from-cli DIR`.
#
#   sh record.sh DIR REGION...
#
# It only reads. Profile, credentials and endpoints are those of the environment: AWS_PROFILE, AWS_ENDPOINT_URL, ...
# A call that is denied leaves what AWS says in place of an answer, and the account is recorded without it.
set -eu
umask 077
AWS_PAGER='' AWS_CLI_AUTO_PROMPT=off LC_ALL=C
export AWS_PAGER AWS_CLI_AUTO_PROMPT LC_ALL

if [ $# -lt 2 ]; then
  echo 'usage: sh record.sh DIR REGION...' >&2
  exit 2
fi
dir=$1
shift
account=$(aws sts get-caller-identity --region "$1" --output text --query Account)
mkdir "$dir"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tab=$(printf '\t')
count=0

# ask REGION SERVICE OPERATION RESOURCE [ARGUMENT...]: keeps the answer to a call, which is about RESOURCE or, if that is
# empty, about the whole region. `asked` is whether there is an answer.
ask() {
  file=$dir/$1/$2.$3
  mkdir -p "$dir/$1"
  if [ -n "$4" ]; then
    count=$((count + 1))
    file=$file.$count
    printf '%s' "$4" >"$file.resource"
  fi
  region=$1 service=$2 operation=$3
  shift 4
  if aws "$service" "$operation" --region "$region" --output json "$@" >"$file.json" 2>"$file.error" </dev/null; then
    rm "$file.error"
    asked=yes
  else
    rm "$file.json"
    asked=no
  fi
}

# list QUERY [ARGUMENT...]: of the answer to the same call, what the query finds, a line each with tabs between columns.
list() {
  query=$1
  shift
  if [ "$asked" = yes ]; then
    aws "$service" "$operation" --region "$region" --output text --query "$query" "$@" </dev/null || :
  fi
}

# field N ARN
field() {
  printf '%s\n' "$2" | cut -d : -f "$1"
}

aws sts get-caller-identity --region "$1" --output json >"$dir/account.json"
date -u +%Y-%m-%dT%H:%M:%SZ >"$dir/recorded_at"

case $1 in
cn-*) global=cn-northwest-1 ;;
us-gov-*) global=us-gov-west-1 ;;
*) global=us-east-1 ;;
esac
ask "$global" account list-regions ''

for one in "$@"; do
  ask "$one" securityhub describe-hub ''
  ask "$one" cloudtrail describe-trails ''
  list 'trailList[].[TrailARN, CloudWatchLogsLogGroupArn || `-`, HomeRegion]' >>"$work/trails"
done

sort -u "$work/trails" | while IFS=$tab read -r trail group home; do
  case $home in
  '' | None) home=$(field 4 "$trail") ;;
  esac
  printf '%s\t%s\n' "$home" "$trail" >>"$work/homes"
  if [ "$(field 5 "$group")" = "$account" ]; then
    printf '%s\t%s\n' "$(field 4 "$group")" "$(field 7 "$group")" >>"$work/groups"
  fi
done
touch "$work/homes" "$work/groups" "$work/topics" "$work/subscriptions" "$work/keys"

sort -u "$work/homes" >"$work/each"
while IFS=$tab read -r home trail; do
  ask "$home" cloudtrail get-trail-status "$trail" --name "$trail"
  ask "$home" cloudtrail get-event-selectors "$trail" --trail-name "$trail"
done <"$work/each"

sort -u "$work/groups" >"$work/each"
while IFS=$tab read -r place group; do
  ask "$place" logs describe-metric-filters "$group" --log-group-name "$group"
done <"$work/each"

cut -f 1 "$work/groups" | sort -u >"$work/each"
while read -r place; do
  types='MetricAlarm CompositeAlarm LogAlarm'
  # shellcheck disable=SC2086
  ask "$place" cloudwatch describe-alarms '' --alarm-types $types
  if [ "$asked" = no ] && grep -q 'Validation\|InvalidParameter\|Invalid choice' "$file.error"; then
    # An endpoint that does not know log alarms yet.
    types='MetricAlarm CompositeAlarm'
    rm "$file.error"
    # shellcheck disable=SC2086
    ask "$place" cloudwatch describe-alarms '' --alarm-types $types
  fi
  # shellcheck disable=SC2086
  list '[MetricAlarms[].AlarmActions[], CompositeAlarms[].AlarmActions[]][]' --alarm-types $types |
    tr '\t' '\n' | grep '^arn:[^:]*:sns:[^:]*:[^:]*:[^:]*$' >>"$work/topics" || :

  ask "$place" cloudwatch list-alarm-mute-rules ''
  list 'AlarmMuteRuleSummaries[].[Status, AlarmMuteRuleArn]' >"$work/rules"
  while IFS=$tab read -r status rule; do
    case $status in
    EXPIRED | None) ;;
    *)
      rule=${rule##*:}
      ask "$place" cloudwatch get-alarm-mute-rule "$rule" --alarm-mute-rule-name "$rule"
      ;;
    esac
  done <"$work/rules"
done <"$work/each"

sort -u "$work/topics" >"$work/each"
while read -r topic; do
  place=$(field 4 "$topic")
  ask "$place" sns list-subscriptions-by-topic "$topic" --topic-arn "$topic"
  list 'Subscriptions[].[SubscriptionArn]' --topic-arn "$topic" | grep '^arn:' >>"$work/subscriptions" || :
  ask "$place" sns get-topic-attributes "$topic" --topic-arn "$topic"
  key=$(list 'Attributes.KmsMasterKeyId' --topic-arn "$topic")
  case $key in
  '' | None | *alias/aws/sns) ;;
  *) printf '%s\t%s\n' "$place" "$key" >>"$work/keys" ;;
  esac
done <"$work/each"

sort -u "$work/subscriptions" >"$work/each"
while read -r subscription; do
  ask "$(field 4 "$subscription")" sns get-subscription-attributes "$subscription" --subscription-arn "$subscription"
done <"$work/each"

sort -u "$work/keys" >"$work/each"
while IFS=$tab read -r place key; do
  ask "$place" kms describe-key "$key" --key-id "$key"
  list 'KeyMetadata.[KeyManager, Arn]' --key-id "$key" >"$work/key"
  while IFS=$tab read -r manager arn; do
    case $manager,$key in
    CUSTOMER,*alias/*) printf '%s\t%s\n' "$place" "$arn" >>"$work/policies" ;;
    CUSTOMER,*) printf '%s\t%s\n' "$place" "$key" >>"$work/policies" ;;
    esac
  done <"$work/key"
done <"$work/each"

touch "$work/policies"
sort -u "$work/policies" >"$work/each"
while IFS=$tab read -r place key; do
  ask "$place" kms get-key-policy "$key" --key-id "$key" --policy-name default
done <"$work/each"

echo "recorded in $dir; now: trailproof record --from-cli $dir --output FILE" >&2
