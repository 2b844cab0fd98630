#pragma once

#include <zlib.h>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace purlscope::test {

/// A zip archive of stored members (APPNOTE.TXT 4.3), for spreadsheets that are made up in tests.
inline std::string stored_zip(const std::map<std::string, std::string>& members) {
  const auto number = [](std::uint32_t value, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i) & 0xFFU);
    return text;
  };
  std::string archive, directory;
  for (const auto& [name, bytes] : members) {
    const auto crc = static_cast<std::uint32_t>(
        crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
    const auto size = static_cast<std::uint32_t>(bytes.size());
    const std::string facts = number(20, 2) + number(0, 2) + number(0, 2) + number(0, 4) + number(crc, 4) +
                              number(size, 4) + number(size, 4) + number(static_cast<std::uint32_t>(name.size()), 2) +
                              number(0, 2);
    const auto offset = static_cast<std::uint32_t>(archive.size());
    archive += "PK\3\4" + facts + name + bytes;
    directory += "PK\1\2" + number(20, 2) + facts + number(0, 2) + number(0, 2) + number(0, 2) + number(0, 4) +
                 number(offset, 4) + name;
  }
  const auto count = static_cast<std::uint32_t>(members.size());
  return archive + directory + "PK\5\6" + number(0, 4) + number(count, 2) + number(count, 2) +
         number(static_cast<std::uint32_t>(directory.size()), 4) +
         number(static_cast<std::uint32_t>(archive.size()), 4) + number(0, 2);
}

using SheetText = std::pair<std::string, std::string>;  ///< name, and the XML between <sheetData> and </sheetData>

/// The parts of a spreadsheet with these sheets and shared texts.
inline std::map<std::string, std::string> workbook_parts(const std::vector<SheetText>& sheets,
                                                         const std::string& shared = {}) {
  std::string list, relations;
  std::map<std::string, std::string> parts;
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    list += "<sheet name=\"" + sheets[i].first + "\" sheetId=\"" + number + "\" r:id=\"rId" + number + "\"/>";
    relations += "<Relationship Id=\"rId" + number + "\" Target=\"worksheets/sheet" + number + ".xml\"/>";
    parts["xl/worksheets/sheet" + number + ".xml"] =
        "<worksheet><sheetData>" + sheets[i].second + "</sheetData></worksheet>";
  }
  parts["xl/workbook.xml"] = "<workbook xmlns:r=\"r\"><sheets>" + list + "</sheets></workbook>";
  parts["xl/_rels/workbook.xml.rels"] = "<Relationships>" + relations + "</Relationships>";
  if (!shared.empty()) parts["xl/sharedStrings.xml"] = "<sst>" + shared + "</sst>";
  return parts;
}

/// A row of cells with their texts in them; empty texts make no cell.
inline std::string sheet_row(int number, const std::vector<std::string>& cells) {
  std::string row = "<row r=\"" + std::to_string(number) + "\">";
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].empty()) continue;
    const std::string name = std::string(1, static_cast<char>('A' + i)) + std::to_string(number);
    row += "<c r=\"" + name + "\" t=\"inlineStr\"><is><t>" + cells[i] + "</t></is></c>";
  }
  return row + "</row>";
}

}  // namespace purlscope::test
