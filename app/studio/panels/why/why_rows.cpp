#include "app/studio/panels/why/why_rows.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "app/studio/words.h"

namespace purlscope::app {
namespace {

constexpr double kLeastScale = 1e-6;

class WhyWords {
  Q_DECLARE_TR_FUNCTIONS(WhyRows)
};

using Kind = WhyRow::Kind;

WhyRow heading(const QString& text) { return {.kind = Kind::heading, .name = text}; }

void add_sentences(const core::Margin& margin, std::vector<WhyRow>& rows) {
  rows.push_back(heading(WhyWords::tr("By sentence")));
  for (std::size_t i = 0; i < core::kSentenceCount; ++i) {
    rows.push_back({.kind = Kind::sentence, .name = sentence_name(i), .share = margin.sentences[i], .place = i});
  }
  rows.push_back({.kind = Kind::rest, .name = WhyWords::tr("name and whole clip"), .share = margin.other});
}

void add_body(const core::Recognition& recognition, const core::Margin& margin, std::vector<WhyRow>& rows) {
  rows.push_back(heading(WhyWords::tr("By body part")));
  std::optional<std::size_t> head;  // row of the part that the joints belong to
  for (const std::size_t joint : joints_by_part(*recognition.layout)) {
    const std::string& name = recognition.layout->joints[joint];
    const BodyPart part = body_part(name);
    if (!head || rows[*head].part != part) {
      head = rows.size();
      rows.push_back({.kind = Kind::body_part, .name = part_name(part), .part = part});
    }
    rows[*head].share += margin.joints[joint];
    rows.push_back({.kind = Kind::joint,
                    .name = QString::fromStdString(name),
                    .share = margin.joints[joint],
                    .place = joint,
                    .part = part});
  }
  rows.push_back({.kind = Kind::rest, .name = WhyWords::tr("at no joint"), .share = margin.elsewhere});
}

void add_times(const core::Recognition& recognition, const core::Margin& margin, std::vector<WhyRow>& rows) {
  rows.push_back(heading(WhyWords::tr("By time")));
  for (std::size_t i = 0; i < margin.times.size(); ++i) {
    const core::TimeSpan& span = recognition.spans[i];
    const bool whole = span.begin <= recognition.window.begin && span.end >= recognition.window.end;
    const QString name = whole ? WhyWords::tr("whole window")
                               : WhyWords::tr("%1–%2 s").arg(span.begin, 0, 'f', 1).arg(span.end, 0, 'f', 1);
    rows.push_back({.kind = Kind::time, .name = name, .share = margin.times[i], .place = i});
  }
  rows.push_back({.kind = Kind::rest, .name = WhyWords::tr("at no time"), .share = margin.elsewhere});
}

}  // namespace

std::vector<WhyRow> why_rows(const core::Recognition& recognition, const core::Margin& margin) {
  std::vector<WhyRow> rows;
  add_sentences(margin, rows);
  add_body(recognition, margin, rows);
  add_times(recognition, margin, rows);
  return rows;
}

double largest_share(const std::vector<WhyRow>& rows, const WhyRow& row) {
  const auto at = static_cast<std::size_t>(&row - rows.data());
  std::size_t begin = at, end = at;
  while (begin > 0 && rows[begin].kind != Kind::heading) --begin;
  while (end < rows.size() && rows[end].kind != Kind::heading) ++end;
  double largest = kLeastScale;
  for (std::size_t i = begin; i < end; ++i) {
    if ((rows[i].kind == Kind::joint) != (row.kind == Kind::joint)) continue;
    largest = std::max(largest, std::abs(rows[i].share));
  }
  return largest;
}

}  // namespace purlscope::app
