#!/usr/bin/env bash
# Brings the translations up to date with the words of the sources: new ones come as unfinished, unused ones go.
# update_translations.sh [LUPDATE [TS...]]; without files those of resources/translations.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
lupdate="${1:-$(command -v lupdate6 || echo /usr/lib/qt6/bin/lupdate)}"
shift || true
files=("$@")
[[ ${#files[@]} -gt 0 ]] || files=(resources/translations/*.ts)
"$lupdate" -silent -no-obsolete -locations none -extensions cpp,h -I . app/studio -source-language en_GB -ts "${files[@]}"
