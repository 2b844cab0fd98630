#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <filesystem>
#include <vector>

namespace purlscope::app {

/// A kind of file that something can be exported as.
struct FileKind {
  QString title;   ///< "PNG picture"
  QString ending;  ///< ".png"
};

/// Filters as QFileDialog takes them, parted by ";;".
QString file_filters(const std::vector<FileKind>& kinds);

/// Lower-case ending with its dot; empty without one.
QString ending_of(const std::filesystem::path& file);
/// @throws Error{Code::bad_argument} naming the endings, when the file has none of them
void check_ending(const std::filesystem::path& file, const std::vector<FileKind>& kinds);

/// A name to begin with: "throw_wave_attention" of "throw.skeleton", "wave" and "attention". Characters that file
/// systems or shells take amiss become hyphens.
/// @param parts  empty ones are left out
QString export_name(const QString& recording, const QStringList& parts);

/// Writes the file complete or not at all. @throws Error{Code::io}
void write_whole(const std::filesystem::path& file, const QByteArray& bytes);
void write_whole(const std::filesystem::path& file, const std::string& text);

}  // namespace purlscope::app
