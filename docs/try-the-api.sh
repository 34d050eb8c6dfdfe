#!/bin/sh
# With curl alone: get a token, call the API with it, make an API key, use it.
#
#   WORLDLOOM_EMAIL=you@example.com WORLDLOOM_PASSWORD='your password' sh docs/try-the-api.sh http://localhost:3000
#
# Somebody with a password is made by `npx -y pnpm@12 worldloom create-user --name You --email you@example.com`,
# or on the page under "Create an account".
set -eu

worldloom="${1:-http://localhost:3000}"
: "${WORLDLOOM_EMAIL:?set it to the address you sign in with}"
: "${WORLDLOOM_PASSWORD:?set it to your password}"

# Takes one text field out of JSON: enough here; jq is better.
field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }

echo "1. A token for an address and a password (RFC 6749)"
tokens=$(curl --silent --show-error --fail-with-body "$worldloom/token" \
  --data grant_type=password \
  --data-urlencode "username=$WORLDLOOM_EMAIL" \
  --data-urlencode "password=$WORLDLOOM_PASSWORD")
access_token=$(echo "$tokens" | field access_token)
refresh_token=$(echo "$tokens" | field refresh_token)
echo "   an access token of ${#access_token} characters, which holds for half an hour"

echo "2. Who am I?"
curl --silent --show-error --fail-with-body "$worldloom/trpc/me.get" \
  --header "authorization: Bearer $access_token"
echo

echo "3. An API key that may read and make worlds; it is shown this one time"
api_key=$(curl --silent --show-error --fail-with-body "$worldloom/trpc/apiKey.create" \
  --header "authorization: Bearer $access_token" \
  --json "{\"name\":\"curl $(date +%s)\",\"permissions\":[\"world:read\",\"world:create\"]}" | field key)
echo "   $(echo "$api_key" | cut -c 1-10)…"

echo "4. A world, made with the key"
curl --silent --show-error --fail-with-body "$worldloom/trpc/world.create" \
  --header "x-api-key: $api_key" \
  --json "{\"name\":\"Made by curl $(date +%s)\"}"
echo

echo "5. The worlds, read with the key"
curl --silent --show-error --fail-with-body --get "$worldloom/trpc/world.list" \
  --header "x-api-key: $api_key" \
  --data-urlencode 'input={"limit":3}'
echo

echo "6. What the key was not given is refused"
status=$(curl --silent --output /dev/null --write-out '%{http_code}' "$worldloom/trpc/me.get" --header "x-api-key: $api_key")
echo "   $status"
test "$status" = 403

echo "7. A new token for the refresh token, which is used up"
curl --silent --show-error --fail-with-body --output /dev/null "$worldloom/token" \
  --data grant_type=refresh_token \
  --data-urlencode "refresh_token=$refresh_token"
status=$(curl --silent --output /dev/null --write-out '%{http_code}' "$worldloom/token" \
  --data grant_type=refresh_token --data-urlencode "refresh_token=$refresh_token")
echo "   $status the second time"
test "$status" = 400
echo "Done."
