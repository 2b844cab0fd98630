#include "app/studio/session/label_store.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "core/base/error.h"
#include "core/text/descriptions.h"

namespace purlscope::app {
namespace {

const auto kText = QStringLiteral("text");
const auto kOrigin = QStringLiteral("origin");
const auto kNearest = QStringLiteral("nearest");
const auto kSentenceList = QStringLiteral("sentences");

QString name_of(core::Origin origin) {
  const std::string_view name = core::to_string(origin);
  return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

std::optional<core::Origin> origin_of(const QString& name) {
  using core::Origin;
  for (const Origin origin :
       {Origin::bank, Origin::nearest, Origin::file, Origin::endpoint, Origin::template_text, Origin::edited}) {
    if (name == name_of(origin)) return origin;
  }
  return std::nullopt;
}

QJsonObject to_json(const core::Label& label) {
  QJsonArray sentences;
  for (const core::Sentence& sentence : label.sentences) {
    sentences.append(QJsonObject{{kText, QString::fromStdString(sentence.text)}, {kOrigin, name_of(sentence.origin)}});
  }
  QJsonObject json{{kText, QString::fromStdString(label.text)}, {kSentenceList, sentences}};
  if (!label.nearest.empty()) json[kNearest] = QString::fromStdString(label.nearest);
  return json;
}

bool read_sentences(const QJsonArray& list, core::Label& label) {
  if (list.size() != static_cast<qsizetype>(core::kSentenceCount)) return false;
  for (std::size_t i = 0; i < core::kSentenceCount; ++i) {
    const QJsonObject item = list[static_cast<qsizetype>(i)].toObject();
    const QString text = item[kText].toString();
    const auto origin = origin_of(item[kOrigin].toString());
    if (text.isEmpty() || !origin) return false;
    label.sentences[i] = {text.toStdString(), *origin};
  }
  return true;
}

}  // namespace

QByteArray write_labels(const core::LabelSet& labels) {
  QJsonArray list;
  for (const core::Label& label : labels.labels) list.append(to_json(label));
  return QJsonDocument(list).toJson(QJsonDocument::Compact);
}

std::optional<core::LabelSet> read_labels(const QByteArray& json) {
  const QJsonDocument document = QJsonDocument::fromJson(json);
  if (!document.isArray()) return std::nullopt;
  const QJsonArray list = document.array();
  std::vector<std::string> texts;
  for (const auto& item : list) texts.push_back(item.toObject()[kText].toString().toStdString());
  if (texts.empty()) return core::LabelSet{};
  try {
    core::LabelSet labels = core::make_label_set(texts);
    for (std::size_t i = 0; i < labels.labels.size(); ++i) {
      const QJsonObject item = list[static_cast<qsizetype>(i)].toObject();
      if (!read_sentences(item[kSentenceList].toArray(), labels.labels[i])) return std::nullopt;
      labels.labels[i].nearest = item[kNearest].toString().toStdString();
    }
    return labels;
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace purlscope::app
