package io.dlms4j.server;

import static io.dlms4j.server.SuiteZero.BOTH;
import static io.dlms4j.server.SuiteZero.content;
import static io.dlms4j.server.SuiteZero.reveal;
import static io.dlms4j.server.SuiteZero.seal;
import static io.dlms4j.server.SuiteZero.tlv;
import static io.dlms4j.server.SymmetricTester.CIPHERED_CONTEXT;
import static io.dlms4j.server.SymmetricTester.CLIENT;
import static io.dlms4j.server.SymmetricTester.FIRST;

import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.security.CounterId;
import io.dlms4j.cosem.security.InMemoryInvocationCounterStore;
import io.dlms4j.cosem.security.InvocationCounterStore;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyProvider;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.SystemTitle;
import io.dlms4j.server.SuiteZero.Keys;
import io.dlms4j.server.security.SecuritySetup;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** Counters, objects and APDUs that a {@link SymmetricFault} spoils. */
final class BrokenSecurity {
  private BrokenSecurity() {}

  /** Counters as another store keeps them. */
  static class Counters implements InvocationCounterStore {
    private final InvocationCounterStore counters;

    Counters(InvocationCounterStore counters) {
      this.counters = counters;
    }

    @Override
    public long next(CounterId id) {
      return counters.next(id);
    }

    @Override
    public void skipTo(CounterId id, long counter) {
      counters.skipTo(id, counter);
    }

    @Override
    public boolean accept(CounterId id, long counter) {
      return counters.accept(id, counter);
    }

    @Override
    public long lowestAcceptable(CounterId id) {
      return counters.lowestAcceptable(id);
    }
  }

  /** Knows what was received under the last key alone. */
  static final class Forgetful extends Counters {
    private Octets key = Octets.EMPTY;
    private InvocationCounterStore received = new InMemoryInvocationCounterStore();

    Forgetful(InvocationCounterStore counters) {
      super(counters);
    }

    @Override
    public synchronized boolean accept(CounterId id, long counter) {
      if (!id.fingerprint().equals(key)) {
        key = id.fingerprint();
        received = new InMemoryInvocationCounterStore();
      }
      return received.accept(id, counter);
    }

    @Override
    public synchronized long lowestAcceptable(CounterId id) {
      return received.lowestAcceptable(id);
    }
  }

  /** A Security setup whose methods are carried out in another way. */
  abstract static class Transfers implements CosemObject {
    private final CosemObject setup;

    private Transfers(CosemObject setup) {
      this.setup = setup;
    }

    /** Whatever is refused, it says that it was done. */
    static CosemObject sayingYes(CosemObject setup) {
      return new Transfers(setup) {
        @Override
        public CompletionStage<InvokeResult> invoke(InvokeRequest request) {
          return super.invoke(request).thenCompose(result -> InvokeResult.success());
        }
      };
    }

    /** Reads something else, does it, and says that it did not. */
    static CosemObject readingAs(CosemObject setup, UnaryOperator<String> reading) {
      return new Transfers(setup) {
        @Override
        public CompletionStage<InvokeResult> invoke(InvokeRequest request) {
          String parameters = request.parameters().value().encode().toHex();
          String read = reading.apply(parameters);
          CompletionStage<InvokeResult> result =
              super.invoke(with(request, CosemData.decode(Octets.ofHex(read))));
          return read.equals(parameters) ? result : InvokeResult.refused(ActionResult.OTHER_REASON);
        }
      };
    }

    /** Takes each element by itself, and not all or none. */
    static CosemObject oneByOne(CosemObject setup) {
      return new Transfers(setup) {
        @Override
        public CompletionStage<InvokeResult> invoke(InvokeRequest request) {
          CompletionStage<InvokeResult> all = InvokeResult.success();
          for (CosemData each : request.parameters().value().elements()) {
            CompletionStage<InvokeResult> one = super.invoke(with(request, CosemData.array(each)));
            all =
                all.thenCombine(
                    one, (one1, one2) -> one1.result() == ActionResult.SUCCESS ? one2 : one1);
          }
          return all;
        }
      };
    }

    private static InvokeRequest with(InvokeRequest request, CosemData parameters) {
      return new InvokeRequest(
          request.methodIndex(),
          EncodedData.read(AxdrReader.of(parameters.encode())),
          request.client());
    }

    @Override
    public CompletionStage<InvokeResult> invoke(InvokeRequest request) {
      return setup.invoke(request);
    }

    @Override
    public int classId() {
      return setup.classId();
    }

    @Override
    public int version() {
      return setup.version();
    }

    @Override
    public ObisCode logicalName() {
      return setup.logicalName();
    }

    @Override
    public List<Attribute> attributes() {
      return setup.attributes();
    }

    @Override
    public Optional<Attribute> attribute(int index) {
      return setup.attribute(index);
    }

    @Override
    public List<Integer> methods() {
      return setup.methods();
    }

    @Override
    public CompletionStage<ReadResult> read(ReadRequest request) {
      return setup.read(request);
    }

    @Override
    public CompletionStage<DataAccessResult> write(WriteRequest request) {
      return CompletableFuture.completedStage(DataAccessResult.READ_WRITE_DENIED);
    }
  }

  static boolean isData(String apdu) {
    return apdu.startsWith("CC") || apdu.startsWith("CD");
  }

  static String text(String apdu, Keys keys) {
    return reveal(CLIENT, keys, content(apdu));
  }

  /** The same APDU protected anew, with the counter that it had. */
  static String again(String apdu, String originator, Keys from, Keys to, int control) {
    String sealed = content(apdu);
    return tlv(
        apdu.substring(0, 2),
        seal(originator, to, control, SuiteZero.counter(sealed), reveal(originator, from, sealed)));
  }

  /** A counter of the client that has not been used yet, and will not be. */
  static long inBetween(InvocationCounterStore counters) {
    return counters.lowestAcceptable(
        CounterId.of(SystemTitle.ofHex(CLIENT), KeyMaterial.ofHex(FIRST.encryption())));
  }

  /** An AARQ whose InitiateRequest has that control gets another one, which is well protected. */
  static String mended(String apdu, int control, UnaryOperator<String> initiate) {
    String head = SymmetricTester.aarq(CIPHERED_CONTEXT, "");
    int at = head.length();
    if (!apdu.startsWith("60") || apdu.length() < at + 2 * 12) {
      return apdu;
    }
    // BE and 04 have their lengths by now.
    String information = apdu.substring(at);
    if (!information.startsWith("21") || SuiteZero.control(content(information)) != control) {
      return apdu;
    }
    String sealed = content(information);
    return SymmetricTester.aarq(
        CIPHERED_CONTEXT,
        tlv(
            "21",
            seal(
                CLIENT,
                FIRST,
                BOTH,
                SuiteZero.counter(sealed),
                initiate.apply(reveal(CLIENT, FIRST, sealed)))));
  }

  static KeyProvider with(SecuritySetup setup, UnaryOperator<KeyRing> change) {
    return (server, client) -> setup.keysFor(server, client).thenApply(change);
  }

  static KeyRing old(KeyRing ring, boolean encryption, boolean authentication) {
    KeyRing.Builder keys = ring.toBuilder();
    if (encryption) {
      keys.unicastKey(KeyMaterial.ofHex(FIRST.encryption()));
    }
    if (authentication) {
      keys.authenticationKey(KeyMaterial.ofHex(FIRST.authentication()));
    }
    return keys.build();
  }
}
