#pragma once

#include <QString>
#include <cstddef>

#include "core/text/labels.h"

namespace purlscope::app {

/// Name of one of the eight sentences, translated: "hands".
QString sentence_name(std::size_t sentence);
/// Where a sentence comes from, for people: "bank", "edited".
QString origin_name(core::Origin origin);
/// As origin_name(), with the bank's label where the sentence is that of another one: "nearest: throw a ball".
QString origin_name(const core::Label& label, std::size_t sentence);

/// "1,484"
QString number_text(qsizetype number);
/// Counts in words: `one` for 1, else `many`; both with %1 for the number. Both forms are translated apart.
QString counted(qsizetype count, const QString& one, const QString& many);

/// Text that a tooltip shows as it is: Qt would read a file called `<b>` as markup.
QString plain_tooltip(const QString& text);

/// "+0.41", "−0.05" with a real minus sign.
QString signed_number(double value, int decimals = 2);
/// "46 %", "<1 %" for small shares that are not zero.
QString per_cent(double fraction);
/// "00:01.27"
QString clock_time(double seconds);
/// "1.6 s"
QString seconds_text(double seconds);
/// A guess of how long something takes: "about 40 s", "about 12 min", "about 3 h 20 min".
QString about_text(double seconds);
/// "412 MB"
QString megabytes(std::size_t bytes);
/// "12 ms", "0.4 ms"
QString milliseconds(double ms);

}  // namespace purlscope::app
