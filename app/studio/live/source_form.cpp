#include "app/studio/live/source_form.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <algorithm>

#include "app/studio/theme/tokens.h"
#include "app/studio/widgets/file_dialog.h"
#include "core/live/make_source.h"
#include "core/live/stream/stream_input.h"

namespace purlscope::app {
namespace {

constexpr int kFieldWidth = 120;                                                       // logical pixels
constexpr int kDefaultJitter = static_cast<int>(1000.0 * core::StreamInput::kJitter);  // ms

bool is(const QString& scheme, std::initializer_list<const char*> any) {
  return std::any_of(any.begin(), any.end(), [&](const char* one) { return scheme == QLatin1String(one); });
}

bool listens(const QString& scheme) { return is(scheme, {"udp", "ws", "vmc", "rokoko"}); }
bool is_stream(const QString& scheme) { return listens(scheme) || is(scheme, {"ws+connect"}); }
bool has_path(const QString& scheme) { return is(scheme, {"video", "openpose", "replay"}); }
bool has_pictures(const QString& scheme) { return is(scheme, {"camera", "video"}); }
bool has_speed(const QString& scheme) { return is(scheme, {"video", "replay"}); }

/// The port of the example that the kind gives of itself.
int usual_port(const QString& scheme) {
  const auto kinds = core::source_kinds();
  const auto kind = std::ranges::find(kinds, scheme.toStdString(), &core::SourceKind::scheme);
  return kind == kinds.end() ? 1 : core::parse_host_port(core::parse_source_uri(kind->example)).port;
}

}  // namespace

SourceForm::SourceForm(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("source_form"));
  form_ = new QFormLayout(this);
  form_->setContentsMargins(0, 0, 0, 0);
  form_->setHorizontalSpacing(12);
  form_->setVerticalSpacing(kGrid);
  form_->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  const auto row = [this](const QString& name, QWidget* field) { form_->addRow(name, field); };
  const auto number = [&](auto* box, const char* id, const QString& name, auto low, auto high, auto value,
                          const QString& unit) {
    box->setObjectName(QString::fromLatin1(id));
    box->setAccessibleName(name);
    box->setRange(low, high);
    box->setValue(value);
    box->setSuffix(unit);
    box->setMaximumWidth(kFieldWidth);
    row(name, box);
    return box;
  };
  path_field_ = make_path_field();
  row(tr("File"), path_field_);
  server_ = new QLineEdit(QStringLiteral("127.0.0.1:8080/"));
  server_->setObjectName(QStringLiteral("source_server"));
  server_->setAccessibleName(tr("Server"));
  row(tr("Server"), server_);
  device_ = number(new QSpinBox, "source_device", tr("Camera number"), 0, 63, 0, QString());
  port_ = number(new QSpinBox, "source_port", tr("Port"), 1, 65535, 5005, QString());
  others_ = new QCheckBox(tr("Also from other machines of the network"));
  others_->setObjectName(QStringLiteral("source_others"));
  others_->setToolTip(tr("Listens on all network addresses of this machine. Anybody who can reach it can send poses."));
  row(QString(), others_);
  speed_ = number(new QDoubleSpinBox, "source_speed", tr("Speed"), 0.01, 100.0, 1.0, QStringLiteral(" ×"));
  mirror_ = new QCheckBox(tr("The picture is a mirror image"));
  mirror_->setObjectName(QStringLiteral("source_mirror"));
  mirror_->setToolTip(tr("Exchanges left and right"));
  row(QString(), mirror_);
  level_ = new QCheckBox(tr("Find the camera's tilt from a person who stands"));
  level_->setObjectName(QStringLiteral("source_level"));
  level_->setChecked(true);
  row(QString(), level_);
  tilt_ = number(new QDoubleSpinBox, "source_tilt", tr("Looks down by"), -80.0, 80.0, 0.0, QStringLiteral("°"));
  jitter_ = number(new QSpinBox, "source_jitter", tr("Hold back"), 0, 500, kDefaultJitter, tr(" ms"));
  jitter_->setToolTip(
      tr("For how long poses wait so that late ones fall into their place. More is smoother and later"));

  for (QLineEdit* line : {path_, server_}) connect(line, &QLineEdit::textChanged, this, &SourceForm::changed);
  for (QSpinBox* box : {device_, port_, jitter_}) connect(box, &QSpinBox::valueChanged, this, &SourceForm::changed);
  for (QDoubleSpinBox* box : {speed_, tilt_}) connect(box, &QDoubleSpinBox::valueChanged, this, &SourceForm::changed);
  for (QCheckBox* box : {others_, mirror_}) connect(box, &QCheckBox::toggled, this, &SourceForm::changed);
  connect(level_, &QCheckBox::toggled, this, [this](bool found) {
    form_->setRowVisible(tilt_, !found && has_pictures(scheme_));
    Q_EMIT changed();
  });
}

QWidget* SourceForm::make_path_field() {
  auto* field = new QWidget;
  auto* row = new QHBoxLayout(field);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(kGrid);
  path_ = new QLineEdit;
  path_->setObjectName(QStringLiteral("source_path"));
  auto* button = new QPushButton(tr("Choose..."));
  button->setObjectName(QStringLiteral("source_browse"));
  button->setAutoDefault(false);
  connect(button, &QPushButton::clicked, this, &SourceForm::browse);
  row->addWidget(path_, 1);
  row->addWidget(button);
  field->setFocusProxy(path_);
  return field;
}

void SourceForm::browse() {
  const bool folder = scheme_ == QLatin1String("openpose");
  const QString filters = scheme_ == QLatin1String("video")
                              ? tr("Videos (*.avi *.mp4 *.m4v *.mov *.mkv *.webm *.mpeg *.mpg);;All files (*)")
                              : tr("All files (*)");
  FileDialog dialog(window(), folder ? tr("Choose the folder that OpenPose writes to") : tr("Choose a file"),
                    QFileInfo(path_->text()).absolutePath(), folder ? QString() : filters);
  dialog.setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
  if (dialog.exec() == QDialog::Accepted && !dialog.selectedFiles().isEmpty()) {
    path_->setText(dialog.selectedFiles().front());
  }
}

void SourceForm::show_kind(const QString& scheme) {
  scheme_ = scheme;
  form_->setRowVisible(path_field_, has_path(scheme));
  const QString path_name = is(scheme, {"openpose"}) ? tr("Folder") : tr("File");
  static_cast<QLabel*>(form_->labelForField(path_field_))->setText(path_name);
  path_->setAccessibleName(path_name);
  form_->setRowVisible(server_, is(scheme, {"ws+connect"}));
  form_->setRowVisible(device_, is(scheme, {"camera"}));
  form_->setRowVisible(port_, listens(scheme));
  form_->setRowVisible(others_, listens(scheme));
  form_->setRowVisible(speed_, has_speed(scheme));
  form_->setRowVisible(mirror_, has_pictures(scheme));
  form_->setRowVisible(level_, has_pictures(scheme));
  form_->setRowVisible(tilt_, has_pictures(scheme) && !level_->isChecked());
  form_->setRowVisible(jitter_, is_stream(scheme));
  if (listens(scheme)) port_->setValue(usual_port(scheme));
  Q_EMIT changed();
}

QString SourceForm::missing() const {
  if (has_path(scheme_) && path_->text().trimmed().isEmpty()) {
    return is(scheme_, {"openpose"}) ? tr("Choose the folder.") : tr("Choose the file.");
  }
  if (is(scheme_, {"ws+connect"}) && server_->text().trimmed().isEmpty()) return tr("Name the server.");
  return {};
}

QString SourceForm::options() const {
  QStringList list;
  const auto add = [&](const char* name, double value) {
    list << QStringLiteral("%1=%2").arg(QLatin1String(name)).arg(value);
  };
  if (has_speed(scheme_) && speed_->value() != 1.0) add("speed", speed_->value());
  if (has_pictures(scheme_) && mirror_->isChecked()) add("mirror", 1);
  if (has_pictures(scheme_) && !level_->isChecked()) add("tilt", tilt_->value());
  if (is_stream(scheme_) && jitter_->value() != kDefaultJitter) add("jitter", jitter_->value());
  return list.isEmpty() ? QString() : QLatin1Char('?') + list.join(QLatin1Char('&'));
}

QString SourceForm::uri() const {
  if (!missing().isEmpty()) return {};
  if (listens(scheme_)) {
    const QString host = others_->isChecked() ? QStringLiteral("0.0.0.0") : QStringLiteral("127.0.0.1");
    return QStringLiteral("%1://%2:%3").arg(scheme_, host).arg(port_->value()) + options();
  }
  if (is(scheme_, {"ws+connect"})) return scheme_ + QStringLiteral("://") + server_->text().trimmed() + options();
  const QString place = has_path(scheme_) ? path_->text().trimmed() : QString::number(device_->value());
  return scheme_ + QLatin1Char(':') + place + options();
}

QString SourceForm::explanation(const QString& scheme) {
  if (is(scheme, {"camera"})) {
    return tr(
        "One person in front of a camera. Head to feet should be in view. The network that finds the joints is "
        "installed by ./run.sh --with-camera; no picture leaves this machine.");
  }
  if (is(scheme, {"video"})) {
    return tr(
        "One person in a video file, as if it were a camera. The network that finds the joints is installed by "
        "./run.sh --with-camera.");
  }
  if (is(scheme, {"udp", "ws"})) {
    return tr("Programs that send our own JSON, documented under docs/user/skeleton-stream.md. To try it: "
              "python3 tools/send_skeletons.py %1 walk")
        .arg(is(scheme, {"ws"}) ? QStringLiteral("ws://127.0.0.1:5006") : QStringLiteral("udp://127.0.0.1:5005"));
  }
  if (is(scheme, {"ws+connect"})) return tr("A WebSocket server that sends our own JSON; this program connects to it.");
  if (is(scheme, {"vmc"})) {
    return tr(
        "Motion capture programs that speak VMC: Virtual Motion Capture, VSeeFace, TDPT, Waidayo. Set their "
        "receiver to this machine and port. One performer a port.");
  }
  if (is(scheme, {"openpose"})) {
    return tr("The folder that OpenPose fills with --write_json: what is there first, then each new file.");
  }
  if (is(scheme, {"rokoko"})) {
    return tr("Rokoko Studio, Livestream, Custom streaming: format JSON v3, uncompressed, to this machine and port.");
  }
  return tr("A recording of any known format, replayed by its time stamps as if it were live.");
}

}  // namespace purlscope::app
