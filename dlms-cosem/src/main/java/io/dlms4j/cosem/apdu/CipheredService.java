package io.dlms4j.cosem.apdu;

import java.util.Optional;

/**
 * The services whose APDUs have a ciphered form of their own, with a tag for the global and one for
 * the dedicated key (Green Book 9.5, XDLMS-APDU).
 */
public enum CipheredService {
  /** InitiateRequest: 33; 65. */
  INITIATE_REQUEST(1),
  /** ReadRequest: 37; 69. */
  READ_REQUEST(5),
  /** WriteRequest: 38; 70. */
  WRITE_REQUEST(6),
  /** InitiateResponse: 40; 72. */
  INITIATE_RESPONSE(8),
  /** ReadResponse: 44; 76. */
  READ_RESPONSE(12),
  /** WriteResponse: 45; 77. */
  WRITE_RESPONSE(13),
  /** ConfirmedServiceError: 46; 78. */
  CONFIRMED_SERVICE_ERROR(14),
  /** UnconfirmedWriteRequest: 54; 86. */
  UNCONFIRMED_WRITE_REQUEST(22),
  /** InformationReportRequest: 56; 88. */
  INFORMATION_REPORT_REQUEST(24),
  /** Get-Request: 200; 208. */
  GET_REQUEST(192),
  /** Set-Request: 201; 209. */
  SET_REQUEST(193),
  /** Event-Notification-Request: 202; 210. */
  EVENT_NOTIFICATION_REQUEST(194),
  /** Action-Request: 203; 211. */
  ACTION_REQUEST(195),
  /** Get-Response: 204; 212. */
  GET_RESPONSE(196),
  /** Set-Response: 205; 213. */
  SET_RESPONSE(197),
  /** Action-Response: 207; 215. */
  ACTION_RESPONSE(199);

  /** Tags from here on are those that COSEM added to DLMS. */
  private static final int FIRST_OF_COSEM = 192;

  private final int plainTag;

  CipheredService(int plainTag) {
    this.plainTag = plainTag;
  }

  /**
   * The tag of the APDU that is not ciphered.
   *
   * @return 0..255
   */
  public int plainTag() {
    return plainTag;
  }

  /**
   * The tag of the ciphered APDU.
   *
   * @param dedicated whether with the dedicated key of the association, not a global one
   * @return 0..255
   */
  public int tag(boolean dedicated) {
    int step = plainTag < FIRST_OF_COSEM ? 32 : 8;
    return plainTag + (dedicated ? 2 * step : step);
  }

  /**
   * Finds a service by the tag of its APDU that is not ciphered.
   *
   * @param tag 0..255
   * @return the service, or nothing if that APDU has no ciphered form of its own
   */
  public static Optional<CipheredService> ofPlainTag(int tag) {
    for (CipheredService service : values()) {
      if (service.plainTag == tag) {
        return Optional.of(service);
      }
    }
    return Optional.empty();
  }
}
