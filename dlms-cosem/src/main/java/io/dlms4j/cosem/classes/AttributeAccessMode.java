package io.dlms4j.cosem.classes;

import io.dlms4j.cosem.security.Protection;
import java.util.Optional;
import java.util.Set;

/**
 * What an association may do with an attribute, and how the messages have to be protected for it
 * (Blue Book 4.4.4, access_mode of an attribute_access_item).
 *
 * <p>How much of it can be told depends on the version of Association LN: version 0 knows reading
 * and writing, versions 1 and 2 authenticated requests as well, version 3 everything. {@link #code}
 * tells as much as the version can.
 *
 * @param mayRead whether a GET may succeed
 * @param mayWrite whether a SET may succeed
 * @param request how a request must be protected at the least
 * @param response how the response is protected at the least
 */
public record AttributeAccessMode(
    boolean mayRead, boolean mayWrite, Set<Protection> request, Set<Protection> response) {
  /** Nothing. */
  public static final AttributeAccessMode NO_ACCESS = plain(false, false);

  /** Read it. */
  public static final AttributeAccessMode READ_ONLY = plain(true, false);

  /** Write it. */
  public static final AttributeAccessMode WRITE_ONLY = plain(false, true);

  /** Read and write it. */
  public static final AttributeAccessMode READ_AND_WRITE = plain(true, true);

  /** Read it, in an authenticated APDU. */
  public static final AttributeAccessMode AUTHENTICATED_READ_ONLY =
      READ_ONLY.requiring(Set.of(Protection.AUTHENTICATED), Set.of());

  /** Write it, in an authenticated APDU. */
  public static final AttributeAccessMode AUTHENTICATED_WRITE_ONLY =
      WRITE_ONLY.requiring(Set.of(Protection.AUTHENTICATED), Set.of());

  /** Read and write it, in authenticated APDUs. */
  public static final AttributeAccessMode AUTHENTICATED_READ_AND_WRITE =
      READ_AND_WRITE.requiring(Set.of(Protection.AUTHENTICATED), Set.of());

  private static final int READ = 1;
  private static final int WRITE = 2;

  /** What the codes of an authenticated mode are above the others, in versions 1 and 2. */
  private static final int AUTHENTICATED = 3;

  /** Keeps copies of the sets. */
  public AttributeAccessMode {
    request = Set.copyOf(request);
    response = Set.copyOf(response);
  }

  private static AttributeAccessMode plain(boolean mayRead, boolean mayWrite) {
    return new AttributeAccessMode(mayRead, mayWrite, Set.of(), Set.of());
  }

  /**
   * The same right, for messages that are protected at least so.
   *
   * @param ofRequest how a request must be protected
   * @param ofResponse how the response is protected
   * @return the mode
   */
  public AttributeAccessMode requiring(Set<Protection> ofRequest, Set<Protection> ofResponse) {
    return new AttributeAccessMode(mayRead, mayWrite, ofRequest, ofResponse);
  }

  /**
   * Whether nothing may be done at all.
   *
   * @return true if it may neither be read nor written
   */
  public boolean isNoAccess() {
    return !mayRead && !mayWrite;
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
   * The code on the wire.
   *
   * @param version of Association LN, 0..3
   * @return 0..3 in version 0, 0..6 in versions 1 and 2, else bits
   */
  public int code(int version) {
    int right = (mayRead ? READ : 0) | (mayWrite ? WRITE : 0);
    if (version >= ProtectionBits.VERSION) {
      return right | ProtectionBits.of(request, response);
    }
    return version > 0 && right != 0 && isAuthenticated() ? right + AUTHENTICATED : right;
  }

  /**
   * Finds a mode by its code.
   *
   * @param code any number
   * @param version of Association LN; one above 3 is read as 3
   * @return the mode, or nothing if there is no such code
   */
  public static Optional<AttributeAccessMode> ofCode(long code, int version) {
    if (version >= ProtectionBits.VERSION) {
      return code < 0 || code > 0xFF
          ? Optional.empty()
          : Optional.of(
              plain((code & READ) != 0, (code & WRITE) != 0)
                  .requiring(
                      ProtectionBits.request((int) code), ProtectionBits.response((int) code)));
    }
    // Meters whose association is of version 0 tell authenticated access all the same.
    boolean authenticated = code > AUTHENTICATED;
    long right = authenticated ? code - AUTHENTICATED : code;
    if (right < 0 || right > (READ | WRITE)) {
      return Optional.empty();
    }
    AttributeAccessMode mode = plain((right & READ) != 0, (right & WRITE) != 0);
    return Optional.of(
        authenticated ? mode.requiring(Set.of(Protection.AUTHENTICATED), Set.of()) : mode);
  }

  /**
   * The mode as tables write it: R, W, RW or a dash, with letters before it for a protected request
   * (a authenticated, e encrypted, s signed) and behind a slash for a protected response.
   */
  @Override
  public String toString() {
    String right = (mayRead ? "R" : "") + (mayWrite ? "W" : "");
    return ProtectionBits.letters(right.isEmpty() ? "-" : right, request, response);
  }
}
