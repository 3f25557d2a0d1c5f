package io.dlms4j.cosem.apdu;

/**
 * The tags of APDUs that are not ciphered by service, in the order of XDLMS-APDU (Green Book 9.5);
 * those that are have theirs from {@link CipheredService}.
 */
final class ApduTag {
  static final int INITIATE_REQUEST = 0x01;
  static final int READ_REQUEST = 0x05;
  static final int WRITE_REQUEST = 0x06;
  static final int INITIATE_RESPONSE = 0x08;
  static final int READ_RESPONSE = 0x0C;
  static final int WRITE_RESPONSE = 0x0D;
  static final int CONFIRMED_SERVICE_ERROR = 0x0E;
  static final int DATA_NOTIFICATION = 0x0F;
  static final int DATA_NOTIFICATION_CONFIRM = 0x10;
  static final int UNCONFIRMED_WRITE_REQUEST = 0x16;
  static final int INFORMATION_REPORT_REQUEST = 0x18;

  static final int GET_REQUEST = 0xC0;
  static final int SET_REQUEST = 0xC1;
  static final int EVENT_NOTIFICATION_REQUEST = 0xC2;
  static final int ACTION_REQUEST = 0xC3;
  static final int GET_RESPONSE = 0xC4;
  static final int SET_RESPONSE = 0xC5;
  static final int ACTION_RESPONSE = 0xC7;

  static final int EXCEPTION_RESPONSE = 0xD8;
  static final int ACCESS_REQUEST = 0xD9;
  static final int ACCESS_RESPONSE = 0xDA;

  static final int GENERAL_GLO_CIPHERING = 0xDB;
  static final int GENERAL_DED_CIPHERING = 0xDC;
  static final int GENERAL_CIPHERING = 0xDD;
  static final int GENERAL_SIGNING = 0xDF;
  static final int GENERAL_BLOCK_TRANSFER = 0xE0;

  private ApduTag() {}
}
