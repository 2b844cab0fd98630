#include "app/studio/commands/fuzzy.h"

#include <algorithm>
#include <vector>

namespace purlscope::app {
namespace {

constexpr int kHit = 4;
constexpr int kWordStart = 8;
constexpr int kRun = 10;  // more than a word start: "loop" is Loop, not Let our own people
constexpr int kLatePenaltyCap = 12;
constexpr int kImpossible = -100000;

bool starts_word(const QString& text, qsizetype at) { return at == 0 || !text[at - 1].isLetterOrNumber(); }

}  // namespace

std::optional<int> fuzzy_score(const QString& query, const QString& text) {
  QString wanted = query.toCaseFolded();
  wanted.removeIf([](QChar c) { return c.isSpace(); });
  const QString in = text.toCaseFolded();
  if (wanted.isEmpty()) return 0;

  // best[i]: best score of the letters so far with the last one at text position i
  const auto n = static_cast<std::size_t>(in.size());
  std::vector<int> best(n, kImpossible);
  for (qsizetype q = 0; q < wanted.size(); ++q) {
    std::vector<int> next(n, kImpossible);
    int reach = q == 0 ? 0 : kImpossible;  // best score of the letters before, ending anywhere left of i
    for (std::size_t i = 0; i < n; ++i) {
      const auto at = static_cast<qsizetype>(i);
      if (in[at] == wanted[q]) {
        const int late = q == 0 ? std::min<int>(static_cast<int>(i), kLatePenaltyCap) : 0;
        int from = reach;
        if (q > 0 && i > 0 && best[i - 1] != kImpossible) from = std::max(from, best[i - 1] + kRun);
        if (from > kImpossible) next[i] = from + kHit + (starts_word(in, at) ? kWordStart : 0) - late;
      }
      if (q > 0) reach = std::max(reach, best[i]);
    }
    best = std::move(next);
  }
  const auto top = std::max_element(best.begin(), best.end());
  if (top == best.end() || *top <= kImpossible / 2) return std::nullopt;
  return *top;
}

}  // namespace purlscope::app
