package io.dlms4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.apdu.AccessRequestSpecification;
import io.dlms4j.cosem.association.DataStream;
import io.dlms4j.cosem.association.ItemResult;
import io.dlms4j.cosem.association.ServerAssociation;
import io.dlms4j.cosem.association.ServerAssociationEvent;
import io.dlms4j.cosem.association.ServerAssociationEvent.KeysWanted;
import io.dlms4j.cosem.association.ServerAssociationEvent.ServiceIndication;
import io.dlms4j.cosem.association.ServiceRequest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

class ServerAssociationFuzz {
  private static final int BROKEN_STREAMS = 2;
  private static final int MOST_APDUS = 10_000;

  private static final CosemData LONG =
      CosemData.octetString(Octets.view(new byte[3 * Associations.LONGEST_APDU]));
  private static final CosemData SHORT = CosemData.doubleLongUnsigned(5);

  static List<byte[]> sessions() {
    return Stream.of(
            0,
            Associations.SHORT_NAMES,
            BROKEN_STREAMS,
            Associations.GENERAL_BLOCKS,
            Associations.CIPHERED,
            Associations.CIPHERED | Associations.SHORT_NAMES,
            Associations.CIPHERED | Associations.GENERAL_BLOCKS,
            Associations.HIGH_LEVEL_SECURITY,
            Associations.HIGH_LEVEL_SECURITY | Associations.CIPHERED)
        .flatMap(mode -> GoldenApdus.sessions(mode, Associations.aarq(mode)).stream())
        .toList();
  }

  /** First an octet of flags, then APDUs; one of no octets lets time pass. */
  @MethodSource("sessions")
  @FuzzTest(maxDuration = FuzzTime.EACH)
  void anyApdusAreAnsweredOrDroppedAndNoAnswerIsTooLong(byte[] input) {
    int mode = input.length == 0 ? 0 : input[0];
    ServerAssociation server = Associations.server(mode);
    server.linkUp();
    long[] now = {0};
    Pieces.of(
        input,
        1,
        piece -> {
          if (piece.length == 0 && server.nextDeadline() != ServerAssociation.NEVER) {
            now[0] = Math.max(now[0], server.nextDeadline());
            server.onDeadline(now[0]);
          }
          server.receive(Octets.view(piece), now[0]);
          run(server, mode, now[0]);
        });
    server.linkDown();
  }

  private static void run(ServerAssociation server, int mode, long now) {
    for (ServerAssociationEvent event = server.pollEvent();
        event != null;
        event = server.pollEvent()) {
      if (event instanceof KeysWanted wanted) {
        if (Associations.hasKeys(wanted.client())) {
          server.useKeys(wanted.client(), Associations.KEYS);
        } else {
          server.refuseKeys(wanted.client(), "nobody knows it");
        }
      } else if (event instanceof ServiceIndication indication) {
        for (int item = 0; item < indication.service().items(); item++) {
          server.answer(indication.request(), item, result(indication.service(), item, mode));
        }
      }
    }
    int sent = 0;
    for (Octets apdu = server.pollTransmit(now); apdu != null; apdu = server.pollTransmit(now)) {
      assertTrue(apdu.length() <= Associations.LONGEST_APDU, () -> "an answer is too long");
      sent++;
      assertTrue(sent < MOST_APDUS, () -> "the answers do not end");
    }
  }

  /** Answers of every kind that the item may have, which take turns. */
  private static ItemResult result(ServiceRequest service, int item, int mode) {
    if (service instanceof ServiceRequest.Action) {
      return invoked(item);
    }
    if (service instanceof ServiceRequest.Set || service instanceof ServiceRequest.Write) {
      return written(item);
    }
    if (service instanceof ServiceRequest.Access access) {
      AccessRequestSpecification specification = access.specifications().get(item);
      if (specification instanceof AccessRequestSpecification.Action) {
        return invoked(item);
      }
      if (specification instanceof AccessRequestSpecification.Set
          || specification instanceof AccessRequestSpecification.SetWithSelection) {
        return written(item);
      }
    }
    return read(item, mode);
  }

  private static ItemResult read(int item, int mode) {
    return switch (item % 4) {
      case 0 -> ItemResult.of((mode & BROKEN_STREAMS) == 0 ? DataStream.of(LONG) : broken());
      case 1 -> ItemResult.of(SHORT);
      case 2 -> ItemResult.of(DataAccessResult.OBJECT_UNDEFINED);
      default -> ItemResult.of(LONG);
    };
  }

  private static ItemResult written(int item) {
    return item % 2 == 0 ? ItemResult.success() : ItemResult.of(DataAccessResult.READ_WRITE_DENIED);
  }

  private static ItemResult invoked(int item) {
    return switch (item % 5) {
      case 0 -> new ItemResult.Invoked(ActionResult.SUCCESS, DataStream.of(LONG));
      case 1 -> ItemResult.success();
      case 2 -> ItemResult.of(DataAccessResult.SCOPE_OF_ACCESS_VIOLATED);
      case 3 -> new ItemResult.Invoked(ActionResult.HARDWARE_FAULT, null);
      default -> ItemResult.of(SHORT);
    };
  }

  /** A value that cannot be read to its end. */
  private static DataStream broken() {
    int[] pieces = {0};
    return writer -> {
      if (++pieces[0] > 5) {
        throw new IllegalStateException("the value is gone");
      }
      if (pieces[0] == 1) {
        writer.writeUnsigned8(9).writeLength(3 * Associations.LONGEST_APDU);
      }
      writer.writeOctets(new byte[Associations.LONGEST_APDU / 2], 0, Associations.LONGEST_APDU / 2);
      return true;
    };
  }
}
