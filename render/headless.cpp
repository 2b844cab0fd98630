#include "render/headless.h"

#include <epoxy/egl.h>
#include <fmt/format.h>

#include <array>
#include <cstring>
#include <string>

#include "core/base/error.h"

namespace purlscope::render {
namespace {

constexpr const char* kRemedy = "install the packages libegl1 and libgl1-mesa-dri";

bool has_extension(EGLDisplay display, const char* name) {
  const char* list = eglQueryString(display, EGL_EXTENSIONS);
  return list != nullptr && std::strstr(list, name) != nullptr;
}

EGLDisplay initialised(EGLDisplay display) {
  if (display == EGL_NO_DISPLAY || eglInitialize(display, nullptr, nullptr) == EGL_FALSE) return EGL_NO_DISPLAY;
  return display;
}

/// The surfaceless platform needs no X server and no device node; the default display serves drivers without it.
EGLDisplay open_display() {
  if (has_extension(EGL_NO_DISPLAY, "EGL_MESA_platform_surfaceless")) {
    const EGLDisplay display =
        initialised(eglGetPlatformDisplayEXT(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr));
    if (display != EGL_NO_DISPLAY) return display;
  }
  return initialised(eglGetDisplay(EGL_DEFAULT_DISPLAY));
}

}  // namespace

struct HeadlessContext::Impl {
  EGLDisplay display = EGL_NO_DISPLAY;
  EGLContext context = EGL_NO_CONTEXT;
  EGLSurface surface = EGL_NO_SURFACE;  ///< only where contexts cannot be current without one

  // The display stays initialised: EGL counts no users, and another context may live on it.
  ~Impl() {
    if (context != EGL_NO_CONTEXT) eglDestroyContext(display, context);
    if (surface != EGL_NO_SURFACE) eglDestroySurface(display, surface);
  }

  [[noreturn]] void fail(const std::string& what) const {
    throw Error(Code::unsupported,
                fmt::format("cannot draw without a display: {} (EGL error {:#06x}); {}", what, eglGetError(), kRemedy));
  }

  void open() {
    display = open_display();
    if (display == EGL_NO_DISPLAY) fail("EGL offers neither a surfaceless nor a default display");
    if (eglBindAPI(EGL_OPENGL_API) == EGL_FALSE) fail("EGL has no desktop OpenGL");
    const bool surfaceless = has_extension(display, "EGL_KHR_surfaceless_context");
    const std::array<EGLint, 5> wanted{EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_SURFACE_TYPE,
                                       surfaceless ? 0 : EGL_PBUFFER_BIT, EGL_NONE};
    EGLConfig config = nullptr;
    EGLint count = 0;
    if (eglChooseConfig(display, wanted.data(), &config, 1, &count) == EGL_FALSE || count == 0) {
      fail("EGL has no configuration for OpenGL");
    }
    const std::array<EGLint, 7> version{
        EGL_CONTEXT_MAJOR_VERSION,           4,       EGL_CONTEXT_MINOR_VERSION, 1, EGL_CONTEXT_OPENGL_PROFILE_MASK,
        EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT, EGL_NONE};
    context = eglCreateContext(display, config, EGL_NO_CONTEXT, version.data());
    if (context == EGL_NO_CONTEXT) fail("no OpenGL 4.1 core context");
    if (!surfaceless) {
      const std::array<EGLint, 5> size{EGL_WIDTH, 1, EGL_HEIGHT, 1, EGL_NONE};
      surface = eglCreatePbufferSurface(display, config, size.data());
    }
  }

  void make_current() {
    eglBindAPI(EGL_OPENGL_API);  // a setting of each thread
    if (eglMakeCurrent(display, surface, surface, context) == EGL_FALSE) fail("the context cannot be made current");
  }

  void release() const { eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT); }
};

HeadlessContext::HeadlessContext() : impl_(std::make_unique<Impl>()) {
  impl_->open();
  impl_->make_current();
}

HeadlessContext::~HeadlessContext() { impl_->release(); }

}  // namespace purlscope::render
