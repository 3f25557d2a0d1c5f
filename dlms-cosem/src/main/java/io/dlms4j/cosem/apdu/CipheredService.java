package io.dlms4j.cosem.apdu;

import java.util.Optional;

/**
 * The services whose APDUs have a ciphered form of their own, with a tag for the global and one for
 * the dedicated key (Green Book 9.5, XDLMS-APDU).
 */
public enum CipheredService {
  /** InitiateRequest: 33; 65. */
  INITIATE_REQUEST(ApduTag.INITIATE_REQUEST),
  /** ReadRequest: 37; 69. */
  READ_REQUEST(ApduTag.READ_REQUEST),
  /** WriteRequest: 38; 70. */
  WRITE_REQUEST(ApduTag.WRITE_REQUEST),
  /** InitiateResponse: 40; 72. */
  INITIATE_RESPONSE(ApduTag.INITIATE_RESPONSE),
  /** ReadResponse: 44; 76. */
  READ_RESPONSE(ApduTag.READ_RESPONSE),
  /** WriteResponse: 45; 77. */
  WRITE_RESPONSE(ApduTag.WRITE_RESPONSE),
  /** ConfirmedServiceError: 46; 78. */
  CONFIRMED_SERVICE_ERROR(ApduTag.CONFIRMED_SERVICE_ERROR),
  /** UnconfirmedWriteRequest: 54; 86. */
  UNCONFIRMED_WRITE_REQUEST(ApduTag.UNCONFIRMED_WRITE_REQUEST),
  /** InformationReportRequest: 56; 88. */
  INFORMATION_REPORT_REQUEST(ApduTag.INFORMATION_REPORT_REQUEST),
  /** Get-Request: 200; 208. */
  GET_REQUEST(ApduTag.GET_REQUEST),
  /** Set-Request: 201; 209. */
  SET_REQUEST(ApduTag.SET_REQUEST),
  /** Event-Notification-Request: 202; 210. */
  EVENT_NOTIFICATION_REQUEST(ApduTag.EVENT_NOTIFICATION_REQUEST),
  /** Action-Request: 203; 211. */
  ACTION_REQUEST(ApduTag.ACTION_REQUEST),
  /** Get-Response: 204; 212. */
  GET_RESPONSE(ApduTag.GET_RESPONSE),
  /** Set-Response: 205; 213. */
  SET_RESPONSE(ApduTag.SET_RESPONSE),
  /** Action-Response: 207; 215. */
  ACTION_RESPONSE(ApduTag.ACTION_RESPONSE);

  /** Tags from here on are those that COSEM added to DLMS. */
  private static final int FIRST_OF_COSEM = ApduTag.GET_REQUEST;

  /** Looked through for each message. */
  private static final CipheredService[] ALL = values();

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
    for (CipheredService service : ALL) {
      if (service.plainTag == tag) {
        return Optional.of(service);
      }
    }
    return Optional.empty();
  }

  /** Whether the tag is one of a ciphered APDU, global or dedicated. */
  static boolean isTag(int tag) {
    for (CipheredService service : ALL) {
      if (service.tag(false) == tag || service.tag(true) == tag) {
        return true;
      }
    }
    return false;
  }
}
