#include "app/studio/words.h"

#include <QCoreApplication>
#include <QLocale>
#include <cmath>

namespace purlscope::app {
namespace {

class Words {
  Q_DECLARE_TR_FUNCTIONS(Words)
};

}  // namespace

QString sentence_name(std::size_t sentence) {
  // Written out, so that the translation tools find them; the order is that of core::kSentences.
  static const char* const kNames[] = {QT_TRANSLATE_NOOP("Words", "head"),  QT_TRANSLATE_NOOP("Words", "hands"),
                                       QT_TRANSLATE_NOOP("Words", "torso"), QT_TRANSLATE_NOOP("Words", "legs"),
                                       QT_TRANSLATE_NOOP("Words", "start"), QT_TRANSLATE_NOOP("Words", "middle"),
                                       QT_TRANSLATE_NOOP("Words", "end"),   QT_TRANSLATE_NOOP("Words", "global")};
  static_assert(std::size(kNames) == core::kSentenceCount);
  return Words::tr(kNames[sentence]);
}

QString origin_name(core::Origin origin) {
  switch (origin) {
    case core::Origin::bank:
      return Words::tr("bank");
    case core::Origin::nearest:
      return Words::tr("nearest in bank");
    case core::Origin::file:
      return Words::tr("file");
    case core::Origin::endpoint:
      return Words::tr("language model");
    case core::Origin::template_text:
      return Words::tr("template");
    case core::Origin::edited:
      return Words::tr("edited");
  }
  return {};
}

QString origin_name(const core::Label& label, std::size_t sentence) {
  const core::Origin origin = label.sentences.at(sentence).origin;
  if (origin != core::Origin::nearest || label.nearest.empty()) return origin_name(origin);
  return Words::tr("nearest: %1").arg(QString::fromStdString(label.nearest));
}

QString number_text(qsizetype number) {
  QLocale locale = QLocale::c();
  locale.setNumberOptions(QLocale::DefaultNumberOptions);  // it leaves groups out else
  const QString group = Words::tr(",", "between the thousands of a number; not what parts decimals, which is a point");
  return locale.toString(qlonglong(number)).replace(QLatin1Char(','), group);
}

QString counted(qsizetype count, const QString& one, const QString& many) {
  return (count == 1 ? one : many).arg(number_text(count));
}

QString plain_tooltip(const QString& text) { return QStringLiteral("<span>%1</span>").arg(text.toHtmlEscaped()); }

QString signed_number(double value, int decimals) {
  const QString digits = QString::number(std::abs(value), 'f', decimals);
  const bool zero = digits.toDouble() == 0.0;
  return (zero ? QString() : value < 0 ? QStringLiteral("−") : QStringLiteral("+")) + digits;
}

QString per_cent(double fraction) {
  const double value = 100.0 * fraction;
  if (value > 0.0 && value < 1.0) return QStringLiteral("<1 %");
  return QStringLiteral("%1 %").arg(qRound(value));
}

QString clock_time(double seconds) {
  const auto hundredths = static_cast<long long>(std::floor(std::max(seconds, 0.0) * 100.0 + 1e-6));
  return QStringLiteral("%1:%2.%3")
      .arg(hundredths / 6000, 2, 10, QLatin1Char('0'))
      .arg(hundredths / 100 % 60, 2, 10, QLatin1Char('0'))
      .arg(hundredths % 100, 2, 10, QLatin1Char('0'));
}

QString seconds_text(double seconds) { return QStringLiteral("%1 s").arg(seconds, 0, 'f', 1); }

QString about_text(double seconds) {
  constexpr double kMinute = 60, kHour = 3600;
  if (seconds < 1.5 * kMinute) return Words::tr("about %1 s").arg(std::ceil(seconds));
  if (seconds < 1.5 * kHour) return Words::tr("about %1 min").arg(std::round(seconds / kMinute));
  const double tens = std::round(seconds / (10 * kMinute));  // of minutes
  return Words::tr("about %1 h %2 min").arg(std::floor(tens / 6)).arg(10 * std::fmod(tens, 6.0));
}

QString milliseconds(double ms) { return QStringLiteral("%1 ms").arg(ms, 0, 'f', ms < 9.95 ? 1 : 0); }

QString megabytes(std::size_t bytes) { return QStringLiteral("%1 MB").arg(bytes >> 20U); }

}  // namespace purlscope::app
