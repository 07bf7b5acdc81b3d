#!/usr/bin/env bash
# Publishes $BROADSHEET_FOLDER as the inputs of action.yml say, and commits the ledger that comes of it. Files are written before the ledger is
# pushed, and uploaded by a later step of the workflow: where the push fails, this fails, and nothing is uploaded that nobody would remember.
set -euo pipefail
broadsheet=$BROADSHEET_HOME/node_modules/.bin/broadsheet
folder=${BROADSHEET_FOLDER:-.}
# Empty is not given.
for name in BROADSHEET_URL BROADSHEET_OUT BROADSHEET_STORE; do [ -n "${!name:-}" ] || unset "$name"; done
accept=()
[ -z "${BROADSHEET_ACCEPT:-}" ] || accept=(--accept "$BROADSHEET_ACCEPT")

# 1: articles were rejected; the others are published all the same, and the run says so.
run() {
  local code=0
  "$broadsheet" "$@" || code=$?
  if [ "$code" -eq 1 ]; then
    echo "::warning::Broadsheet rejected some files; see the report above."
  elif [ "$code" -ne 0 ]; then
    # The program speaks of its options, and whoever reads this can set inputs only.
    echo "::error::Nothing was published. What is called --accept N above is the input accept: N of this action; --url is url, --out is out, --into is into."
    exit "$code"
  fi
}

"$broadsheet" check "$folder" || true
if [ -n "${BROADSHEET_STORE:-}" ]; then
  run publish "$folder" --to "$BROADSHEET_STORE" "${accept[@]}"
elif [ "${BROADSHEET_DEPLOY:-false}" = true ]; then
  run deploy "$folder" "${accept[@]}"
elif [ -n "${BROADSHEET_INTO:-}" ]; then
  unset BROADSHEET_OUT
  run build "$folder" --into "$BROADSHEET_INTO" "${accept[@]}"
else
  run build "$folder" --out "${BROADSHEET_OUT:-public}" "${accept[@]}"
fi

ledger=$folder/broadsheet.ledger
if [ "${BROADSHEET_COMMIT_LEDGER:-true}" = true ] && [ -z "${BROADSHEET_STORE:-}" ] && [ -f "$ledger" ]; then
  git add -- "$ledger"
  if ! git diff --cached --quiet -- "$ledger"; then
    export GIT_AUTHOR_NAME=Broadsheet GIT_AUTHOR_EMAIL=broadsheet@users.noreply.github.com
    export GIT_COMMITTER_NAME=$GIT_AUTHOR_NAME GIT_COMMITTER_EMAIL=$GIT_AUTHOR_EMAIL
    git commit --quiet --message 'Keep the ledger [skip ci]' -- "$ledger"
    # Somebody may have pushed meanwhile: lines of both are kept where .gitattributes says merge=union. What was built may lie in a folder that is
    # committed too: it is put aside for that moment.
    git pull --quiet --rebase --autostash && git push --quiet
  fi
fi
