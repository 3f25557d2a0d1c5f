package io.dlms4j.cosem.classes;

import io.dlms4j.cosem.security.Protection;
import java.util.Optional;
import java.util.Set;

/**
 * What an association may do with a method, and how the messages have to be protected for it (Blue
 * Book 4.4.4, access_mode of a method_access_item). Version 0 of Association LN knows invoking,
 * versions 1 and 2 authenticated requests as well, version 3 everything.
 *
 * @param mayInvoke whether an ACTION may succeed
 * @param request how a request must be protected at the least
 * @param response how the response is protected at the least
 */
public record MethodAccessMode(
    boolean mayInvoke, Set<Protection> request, Set<Protection> response) {
  /** Nothing. */
  public static final MethodAccessMode NO_ACCESS = new MethodAccessMode(false, Set.of(), Set.of());

  /** Invoke it. */
  public static final MethodAccessMode ACCESS = new MethodAccessMode(true, Set.of(), Set.of());

  /** Invoke it, in an authenticated APDU. */
  public static final MethodAccessMode AUTHENTICATED_ACCESS =
      new MethodAccessMode(true, Set.of(Protection.AUTHENTICATED), Set.of());

  /** Keeps copies of the sets. */
  public MethodAccessMode {
    request = Set.copyOf(request);
    response = Set.copyOf(response);
  }

  /**
   * Whether a request has to be authenticated for it.
   *
   * @return true if protection of any kind is asked for in requests
   */
  public boolean isAuthenticated() {
    return !request.isEmpty();
  }

  /**
   * The code on the wire; in version 0 it is a boolean.
   *
   * @param version of Association LN, 0..3
   * @return 0 or 1 in version 0, 0..2 in versions 1 and 2, else bits
   */
  public int code(int version) {
    if (version >= ProtectionBits.VERSION) {
      return (mayInvoke ? 1 : 0) | ProtectionBits.of(request, response);
    }
    return !mayInvoke ? 0 : version > 0 && isAuthenticated() ? 2 : 1;
  }

  /**
   * Finds a mode by its code.
   *
   * @param code any number
   * @param version of Association LN; one above 3 is read as 3
   * @return the mode, or nothing if there is no such code
   */
  public static Optional<MethodAccessMode> ofCode(long code, int version) {
    if (version >= ProtectionBits.VERSION) {
      return code < 0 || code > 0xFF
          ? Optional.empty()
          : Optional.of(
              new MethodAccessMode(
                  (code & 1) != 0,
                  ProtectionBits.request((int) code),
                  ProtectionBits.response((int) code)));
    }
    if (code < 0 || code > 2) {
      return Optional.empty();
    }
    return Optional.of(code == 0 ? NO_ACCESS : code == 1 ? ACCESS : AUTHENTICATED_ACCESS);
  }

  /**
   * The mode as tables write it: X or a dash, with letters before it for a protected request (a
   * authenticated, e encrypted, s signed) and behind a slash for a protected response.
   */
  @Override
  public String toString() {
    return ProtectionBits.letters(mayInvoke ? "X" : "-", request, response);
  }
}
