#!/usr/bin/env bash
# Installs Broadsheet into $BROADSHEET_HOME: what $BROADSHEET_PACKAGE names, else the action's own commit, built here.
set -euo pipefail
mkdir -p "$BROADSHEET_HOME"
package=${BROADSHEET_PACKAGE:-}
if [ -z "$package" ]; then
  cd "$BROADSHEET_ACTION"
  npm ci --ignore-scripts --no-audit --no-fund
  package=$BROADSHEET_HOME/$(npm pack --silent --pack-destination "$BROADSHEET_HOME" | tail -n 1)
fi
cd "$BROADSHEET_HOME"
[ -f package.json ] || echo '{ "private": true }' > package.json
npm install --no-save --omit=dev --no-audit --no-fund "$package"
