package io.dlms4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.MethodRef;
import io.dlms4j.cosem.ProtocolException;
import io.dlms4j.cosem.apdu.AccessRequestSpecification;
import io.dlms4j.cosem.apdu.AttributeWithSelection;
import io.dlms4j.cosem.apdu.DataNotification;
import io.dlms4j.cosem.apdu.VariableAccess;
import io.dlms4j.cosem.association.ClientAssociation;
import io.dlms4j.cosem.association.ClientAssociationEvent;
import io.dlms4j.cosem.association.RequestOptions;
import io.dlms4j.cosem.association.ServiceRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

class ClientAssociationFuzz {
  private static final int RELEASE = 2;
  private static final int BACKWARDS = 4;

  /** A server that claims to take less could not even be told that it is left. */
  private static final int LEAST_LIMIT = 12;

  /** What tells the server so and is protected is longer. */
  private static final int LEAST_PROTECTED = 64;

  private static final AttributeRef ATTRIBUTE = AttributeRef.of(1, "1.1.0.0.1.255", 2);
  private static final MethodRef METHOD = MethodRef.of(70, "0.0.96.3.10.255", 1);
  private static final EncodedData SHORT = EncodedData.of(CosemData.unsigned(1));

  /** Takes blocks to send. */
  private static final EncodedData LONG =
      EncodedData.of(CosemData.octetString(Octets.view(new byte[3 * Associations.LONGEST_APDU])));

  private static final AttributeWithSelection ITEM = new AttributeWithSelection(ATTRIBUTE, null);
  private static final VariableAccess VARIABLE = new VariableAccess.VariableName(0x1000);

  private static final List<ServiceRequest> LOGICAL =
      List.of(
          new ServiceRequest.Get(ATTRIBUTE, null),
          new ServiceRequest.Get(List.of(ITEM, ITEM)),
          new ServiceRequest.Set(ATTRIBUTE, LONG),
          new ServiceRequest.Set(List.of(ITEM, ITEM), List.of(SHORT, LONG)),
          new ServiceRequest.Action(METHOD, LONG),
          new ServiceRequest.Action(List.of(METHOD, METHOD), List.of(SHORT, SHORT)),
          new ServiceRequest.Access(
              List.of(
                  new AccessRequestSpecification.Get(ATTRIBUTE),
                  new AccessRequestSpecification.Set(ATTRIBUTE),
                  new AccessRequestSpecification.Action(METHOD)),
              List.of(EncodedData.of(CosemData.nullData()), SHORT, SHORT)));

  private static final List<ServiceRequest> SHORT_NAMED =
      List.of(
          new ServiceRequest.Read(List.of(VARIABLE)),
          new ServiceRequest.Read(List.of(VARIABLE, VARIABLE)),
          new ServiceRequest.Write(List.of(VARIABLE), List.of(LONG)),
          new ServiceRequest.Write(List.of(VARIABLE, VARIABLE), List.of(SHORT, SHORT)));

  private final List<Long> ended = new ArrayList<>();

  /** How long an APDU the server takes; 0 if it takes any. */
  private int longest;

  private int least;

  static List<byte[]> sessions() {
    return Stream.of(
            0,
            Associations.SHORT_NAMES,
            RELEASE,
            BACKWARDS,
            Associations.GENERAL_BLOCKS,
            Associations.CIPHERED,
            Associations.CIPHERED | Associations.SHORT_NAMES,
            Associations.CIPHERED | Associations.GENERAL_BLOCKS,
            Associations.CIPHERED | RELEASE,
            Associations.HIGH_LEVEL_SECURITY,
            Associations.HIGH_LEVEL_SECURITY | Associations.CIPHERED)
        .flatMap(mode -> GoldenApdus.sessions(mode, Associations.aare(mode)).stream())
        .toList();
  }

  /** First an octet of flags, then APDUs; one of no octets lets time pass. */
  @MethodSource("sessions")
  @FuzzTest(maxDuration = FuzzTime.EACH)
  void whateverTheServerSendsEveryRequestEndsOnce(byte[] input) {
    ended.clear();
    longest = 0;
    int mode = input.length == 0 ? 0 : input[0];
    boolean shortNames = (mode & Associations.SHORT_NAMES) != 0;
    least = (mode & Associations.CIPHERED) != 0 ? LEAST_PROTECTED : LEAST_LIMIT;
    ClientAssociation client = Associations.client(mode);
    client.linkUp(0);
    List<ServiceRequest> services = new ArrayList<>(shortNames ? SHORT_NAMED : LOGICAL);
    if ((mode & BACKWARDS) != 0) {
      Collections.reverse(services);
    }
    List<Long> requests = new ArrayList<>();
    for (ServiceRequest service : services) {
      requests.add(client.request(service, RequestOptions.DEFAULT, 0));
    }
    requests.add(client.request(services.get(2), RequestOptions.DEFAULT.unconfirmed(), 0));
    requests.add(client.request(services.get(0), RequestOptions.DEFAULT.atConsumersPace(), 0));
    run(client, 0);
    long[] now = {0};
    Pieces.of(
        input,
        1,
        piece -> {
          if (piece.length == 0 && client.nextDeadline() != ClientAssociation.NEVER) {
            now[0] = Math.max(now[0], client.nextDeadline());
            client.onDeadline(now[0]);
            run(client, now[0]);
          }
          client.receive(Octets.view(piece), now[0]);
          run(client, now[0]);
        });
    if ((mode & RELEASE) != 0) {
      client.release(now[0]);
      run(client, now[0]);
    }
    client.linkDown(new ProtocolException(DlmsException.Scope.ASSOCIATION, "the end"));
    run(client, now[0]);
    Collections.sort(ended);
    assertEquals(requests, ended);
    assertEquals(ClientAssociation.NEVER, client.nextDeadline());
  }

  private void run(ClientAssociation client, long now) {
    boolean quiet = false;
    while (!quiet) {
      quiet = true;
      for (Octets apdu = client.pollTransmit(now); apdu != null; apdu = client.pollTransmit(now)) {
        int length = apdu.length();
        assertTrue(
            longest == 0 || length <= Math.max(longest, least),
            () -> length + " octets, where the server takes " + longest);
        quiet = false;
      }
      for (ClientAssociationEvent event = client.pollEvent();
          event != null;
          event = client.pollEvent()) {
        take(event, client, now);
        quiet = false;
      }
    }
  }

  private void take(ClientAssociationEvent event, ClientAssociation client, long now) {
    if (event instanceof ClientAssociationEvent.Associated associated) {
      longest = associated.context().serverMaxReceivePduSize();
    } else if (event instanceof ClientAssociationEvent.RequestFailed failed) {
      ended.add(failed.request());
    } else if (event instanceof ClientAssociationEvent.Responded responded) {
      ended.add(responded.request());
    } else if (event instanceof ClientAssociationEvent.Sent sent) {
      ended.add(sent.request());
    } else if (event instanceof ClientAssociationEvent.DataReceived data) {
      if (data.last()) {
        ended.add(data.request());
      } else {
        client.proceed(data.request(), now);
      }
    } else if (event instanceof ClientAssociationEvent.NotificationReceived received
        && received.notification() instanceof DataNotification notification) {
      client.confirm(notification);
    }
  }
}
