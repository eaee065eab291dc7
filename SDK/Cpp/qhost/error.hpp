/*
 * qhost/error.hpp: errors as exceptions, and the boundary that none of them crosses.
 */
#ifndef QHOST_ERROR_HPP
#define QHOST_ERROR_HPP

#include <qhost.h>

#include <exception>
#include <new>
#include <stdexcept>
#include <string>

namespace qhost {

/* An error with its status and kind; the message is one sentence with culprit and remedy. */
class error : public std::runtime_error {
 public:
  explicit error(const std::string &message, int32_t kind = QHOST_ERROR_PLUGIN,
                 qhost_status status = QHOST_ERROR)
      : std::runtime_error(message), kind(kind), status(status) {}

  /* A configured value that cannot be used. */
  static error parameter(const std::string &message) { return error(message, QHOST_ERROR_PARAMETER); }
  /* Data that is absent or damaged. */
  static error data(const std::string &message) { return error(message, QHOST_ERROR_DATA); }
  /* What this component cannot do; its state is as before. */
  static error unsupported(const std::string &message) {
    return error(message, QHOST_ERROR_PLUGIN, QHOST_UNSUPPORTED);
  }
  /* This point is infeasible; the state is as before. */
  static error discard(const std::string &message) {
    return error(message, QHOST_ERROR_PLUGIN, QHOST_DISCARD);
  }

  const int32_t kind;
  const qhost_status status;
};

/* Runs an author's code; what it throws goes to `out`. */
template <class Body>
qhost_status guarded(qhost_error *out, Body body) noexcept {
  try {
    body();
    return QHOST_OK;
  } catch (const error &e) {
    return qhost_fail(out, e.status, e.kind, e.what());
  } catch (const std::bad_alloc &) {
    return qhost_fail(out, QHOST_ERROR, QHOST_ERROR_PLUGIN, "the plugin has no memory left");
  } catch (const std::exception &e) {
    return qhost_fail(out, QHOST_ERROR, QHOST_ERROR_PLUGIN, e.what());
  } catch (...) {
    return qhost_fail(out, QHOST_ERROR, QHOST_ERROR_PLUGIN,
                      "the plugin threw something that is not a std::exception; ask its author");
  }
}

}  // namespace qhost

#endif
