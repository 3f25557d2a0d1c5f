package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.axdr.Octets;
import java.util.EnumSet;
import java.util.Set;

/**
 * Reads and writes xDLMS APDUs, in A-XDR (IEC 61334-6) by the abstract syntax of Green Book 9.5.
 * Immutable: one may be shared by all threads.
 */
public final class ApduCodec {
  /** A codec that writes as the standard has it, with default limits. */
  public static final ApduCodec STANDARD = new ApduCodec(DecodeLimits.DEFAULT, Set.of());

  /** Tag of a Get-Response. */
  public static final int GET_RESPONSE_TAG = ApduTag.GET_RESPONSE;

  private final DecodeLimits limits;
  private final BlockCodec blocks;
  private final GetCodec get;
  private final SetCodec set;
  private final ActionCodec action;

  /**
   * A codec.
   *
   * @param limits what a decoder puts up with. Its elements are counted in each Data by itself. The
   *     lists that an APDU has beside them, of references and of results, are not among them: they
   *     have at most 65,535 items, as many as the longest APDU has octets
   * @param quirks habits to imitate in writing; reading takes either form
   */
  public ApduCodec(DecodeLimits limits, Set<Quirk> quirks) {
    this.limits = limits;
    Set<Quirk> all = EnumSet.noneOf(Quirk.class);
    all.addAll(quirks);
    this.blocks = new BlockCodec(all.contains(Quirk.LONG_RAW_DATA_LENGTH));
    this.get = new GetCodec(blocks);
    this.set = new SetCodec(blocks);
    this.action = new ActionCodec(blocks);
  }

  /**
   * Reads an APDU. Data in it are checked, and decoded only when asked for; they view the given
   * octets.
   *
   * @param apdu the whole of it
   * @return the APDU
   * @throws ApduException if the octets are no APDU that this library knows
   */
  public Apdu decode(Octets apdu) {
    try {
      AxdrReader reader = AxdrReader.of(apdu, limits);
      int tag = reader.readUnsigned8();
      // Clients read Get-Responses most; with all else apart, this can be compiled into its caller.
      Apdu decoded =
          tag == ApduTag.GET_RESPONSE ? GetCodec.readResponse(reader) : readOther(reader, tag);
      reader.expectEnd("APDU");
      return decoded;
    } catch (AxdrException e) {
      throw new ApduException(e);
    }
  }

  private static Apdu readOther(AxdrReader reader, int tag) {
    return switch (tag) {
      case ApduTag.GET_REQUEST -> GetCodec.readRequest(reader);
      case ApduTag.SET_REQUEST -> SetCodec.readRequest(reader);
      case ApduTag.SET_RESPONSE -> SetCodec.readResponse(reader);
      case ApduTag.ACTION_REQUEST -> ActionCodec.readRequest(reader);
      case ApduTag.ACTION_RESPONSE -> ActionCodec.readResponse(reader);
      case ApduTag.ACCESS_REQUEST -> AccessCodec.readRequest(reader);
      case ApduTag.ACCESS_RESPONSE -> AccessCodec.readResponse(reader);

      case ApduTag.EVENT_NOTIFICATION_REQUEST -> NotificationCodec.readEventNotification(reader);
      case ApduTag.DATA_NOTIFICATION -> NotificationCodec.readDataNotification(reader);
      case ApduTag.DATA_NOTIFICATION_CONFIRM ->
          NotificationCodec.readDataNotificationConfirm(reader);

      case ApduTag.READ_REQUEST -> ShortNameCodec.readReadRequest(reader);
      case ApduTag.READ_RESPONSE -> ShortNameCodec.readReadResponse(reader);
      case ApduTag.WRITE_REQUEST -> ShortNameCodec.readWriteRequest(reader);
      case ApduTag.WRITE_RESPONSE -> ShortNameCodec.readWriteResponse(reader);
      case ApduTag.UNCONFIRMED_WRITE_REQUEST -> ShortNameCodec.readUnconfirmedWriteRequest(reader);
      case ApduTag.INFORMATION_REPORT_REQUEST -> ShortNameCodec.readInformationReport(reader);

      case ApduTag.INITIATE_REQUEST -> InitiateCodec.readRequest(reader);
      case ApduTag.INITIATE_RESPONSE -> InitiateCodec.readResponse(reader);
      case ApduTag.CONFIRMED_SERVICE_ERROR -> ErrorCodec.readConfirmedServiceError(reader);
      case ApduTag.EXCEPTION_RESPONSE -> ErrorCodec.readExceptionResponse(reader);

      case ApduTag.GENERAL_BLOCK_TRANSFER -> GeneralBlockTransferCodec.read(reader);
      case ApduTag.GENERAL_GLO_CIPHERING -> CipheringCodec.readGeneralGlo(reader);
      case ApduTag.GENERAL_DED_CIPHERING -> CipheringCodec.readGeneralDed(reader);
      case ApduTag.GENERAL_CIPHERING -> CipheringCodec.readGeneralCiphering(reader);
      case ApduTag.GENERAL_SIGNING -> CipheringCodec.readGeneralSigning(reader);
      default -> {
        Apdu ciphered = CipheringCodec.readServiceSpecific(reader, tag);
        if (ciphered == null) {
          throw new ApduException(
              ApduException.Reason.UNKNOWN_SERVICE,
              String.format("octet 0: tag %02X is of no service known here (Green Book 9.5)", tag));
        }
        yield ciphered;
      }
    };
  }

  /**
   * Writes an APDU.
   *
   * @param apdu the APDU
   * @return its octets
   */
  public Octets encode(Apdu apdu) {
    AxdrWriter writer = new AxdrWriter(capacity(apdu));
    encode(apdu, writer);
    return writer.takeOctets();
  }

  /**
   * Writes an APDU behind whatever the writer holds.
   *
   * @param apdu the APDU
   * @param writer takes the octets
   */
  public void encode(Apdu apdu, AxdrWriter writer) {
    // Servers write Get-Responses most; with all else apart, this can be compiled into its caller.
    if (apdu instanceof GetResponse response) {
      get.writeResponse(writer, response);
    } else {
      writeOther(apdu, writer);
    }
  }

  /** About how many octets the APDU takes, where that is known without writing it. */
  private static int capacity(Apdu apdu) {
    return apdu instanceof GetResponse response
        ? GetCodec.capacity(response)
        : GetCodec.DEFAULT_CAPACITY;
  }

  private void writeOther(Apdu apdu, AxdrWriter writer) {
    if (apdu instanceof GetRequest request) {
      GetCodec.writeRequest(writer, request);
    } else if (apdu instanceof SetRequest request) {
      set.writeRequest(writer, request);
    } else if (apdu instanceof SetResponse response) {
      SetCodec.writeResponse(writer, response);
    } else if (apdu instanceof ActionRequest request) {
      action.writeRequest(writer, request);
    } else if (apdu instanceof ActionResponse response) {
      action.writeResponse(writer, response);
    } else if (apdu instanceof AccessRequest request) {
      AccessCodec.writeRequest(writer, request);
    } else if (apdu instanceof AccessResponse response) {
      AccessCodec.writeResponse(writer, response);
    } else if (apdu instanceof EventNotification notification) {
      NotificationCodec.writeEventNotification(writer, notification);
    } else if (apdu instanceof DataNotification notification) {
      NotificationCodec.writeDataNotification(writer, notification);
    } else if (apdu instanceof DataNotificationConfirm confirm) {
      NotificationCodec.writeDataNotificationConfirm(writer, confirm);
    } else if (apdu instanceof ShortNameApdu shortName) {
      ShortNameCodec.write(writer, shortName);
    } else if (apdu instanceof InitiateRequest request) {
      InitiateCodec.writeRequest(writer, request);
    } else if (apdu instanceof InitiateResponse response) {
      InitiateCodec.writeResponse(writer, response);
    } else if (apdu instanceof ConfirmedServiceError error) {
      ErrorCodec.writeConfirmedServiceError(writer, error);
    } else if (apdu instanceof ExceptionResponse response) {
      ErrorCodec.writeExceptionResponse(writer, response);
    } else if (apdu instanceof GeneralBlockTransfer block) {
      GeneralBlockTransferCodec.write(writer, block);
    } else if (apdu instanceof ProtectedApdu wrapper) {
      CipheringCodec.write(writer, wrapper);
    } else {
      throw new IllegalStateException("no codec writes a " + apdu.getClass().getSimpleName());
    }
  }

  /**
   * How many octets of raw data fit into a data block of a Get-Response.
   *
   * @param maxPduSize octets of the longest APDU, at least 12
   * @return the room, at least 1
   */
  public int rawDataRoom(int maxPduSize) {
    return get.rawDataRoom(maxPduSize);
  }

  /**
   * How many octets of raw data fit into a data block of a SET or an ACTION. With a first block,
   * the references before it take their part of the room.
   *
   * @param maxPduSize octets of the longest APDU
   * @param block an APDU of the form in question; what raw data it has do not count
   * @return the room; 0 if the APDU is too long even without raw data, or with one octet of them
   * @throws IllegalArgumentException if an APDU of this form has no {@link DataBlock}
   */
  public int rawDataRoom(int maxPduSize, Apdu block) {
    Octets rawData = BlockCodec.blockOf(block).rawData();
    AxdrWriter writer = new AxdrWriter();
    blocks.writeRawData(writer, rawData);
    int ownOctets = writer.length();
    writer.reset();
    encode(block, writer);
    return blocks.room(maxPduSize - (writer.length() - ownOctets));
  }

  static ApduException unknownChoice(AxdrReader reader, String service, int choice) {
    return new ApduException(
        ApduException.Reason.UNKNOWN_CHOICE,
        "octet "
            + (reader.position() - 1)
            + ": "
            + service
            + " has no choice "
            + choice
            + " known here (Green Book 9.5)");
  }
}
