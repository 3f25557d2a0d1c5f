package io.dlms4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.MethodRef;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.acse.ApplicationContextName;
import io.dlms4j.cosem.acse.ApplicationEntity;
import io.dlms4j.cosem.association.ItemResult;
import io.dlms4j.cosem.association.NegotiatedContext;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.cosem.classes.AttributeAccessMode;
import io.dlms4j.cosem.classes.MethodAccessMode;
import io.dlms4j.cosem.security.Protection;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which protection of a request opens which access (Blue Book 4.4.4, version 3). */
class ObjectAccessTest {
  private static final ObisCode NAME = ObisCode.of("0.0.96.1.0.255");

  private static ObjectAccess access(AttributeAccessMode mode, MethodAccessMode methodMode) {
    CosemObject object =
        CosemObject.builder(1, 0, NAME)
            .attribute(2, () -> CosemData.unsigned(7), value -> {})
            .method(1, request -> InvokeResult.success())
            .build();
    AccessPolicy policy =
        new AccessPolicy() {
          @Override
          public AttributeAccessMode mode(CosemObject of, int attributeIndex) {
            return mode;
          }

          @Override
          public MethodAccessMode methodMode(CosemObject of, int methodIndex) {
            return methodMode;
          }
        };
    ServerAssociationConfig config =
        ServerAssociationConfig.builder().lowestLevelSecurity().build();
    LogicalDevice device =
        LogicalDevice.builder(1, Octets.ofAscii("KAM00000001"))
            .object(object)
            .association(16, config, policy)
            .build();
    NegotiatedContext negotiated =
        new NegotiatedContext(
            ApplicationContextName.LOGICAL_NAME_REFERENCING,
            Set.of(),
            0,
            0,
            6,
            true,
            ApplicationEntity.UNNAMED,
            ApplicationEntity.UNNAMED);
    return new ObjectAccess(new ClientContext(16, device, config, negotiated, policy));
  }

  private static Set<Protection> protection(int bits) {
    Set<Protection> set = EnumSet.noneOf(Protection.class);
    for (Protection each : Protection.values()) {
      if ((bits & 1 << set(each)) != 0) {
        set.add(each);
      }
    }
    return set;
  }

  private static int set(Protection protection) {
    return switch (protection) {
      case AUTHENTICATED -> 0;
      case ENCRYPTED -> 1;
      case SIGNED -> 2;
    };
  }

  /**
   * What is asked for of requests and responses together: bits of authenticated, encrypted, signed.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void anAccessIsOpenToRequestsWithTheProtectionThatItAsksFor(int wanted) {
    for (boolean ofResponse : new boolean[] {false, true}) {
      Set<Protection> request = ofResponse ? Set.of() : protection(wanted);
      Set<Protection> response = ofResponse ? protection(wanted) : Set.of();
      ObjectAccess access =
          access(
              AttributeAccessMode.READ_AND_WRITE.requiring(request, response),
              new MethodAccessMode(true, request, response));
      for (int given = 0; given < 8; given++) {
        // A signature proves the sender as well as a tag does.
        int proven = (given & 4) != 0 ? given | 1 : given;
        DataAccessResult expected =
            (wanted & ~proven) == 0 ? DataAccessResult.SUCCESS : DataAccessResult.READ_WRITE_DENIED;
        ObjectAccess with = access.protectedBy(protection(given));
        AttributeRef value = new AttributeRef(1, NAME, 2);
        EncodedData data = EncodedData.of(CosemData.unsigned(8));
        String of = "wanted " + wanted + ", given " + given;
        assertEquals(expected, result(with.get(value, null)), of);
        assertEquals(expected, result(with.set(value, null, data)), of);
        assertEquals(expected, result(with.action(new MethodRef(1, NAME, 1), data)), of);
      }
    }
  }

  private static DataAccessResult result(CompletionStage<ItemResult> stage) {
    return stage.toCompletableFuture().join() instanceof ItemResult.Refused refused
        ? refused.result()
        : DataAccessResult.SUCCESS;
  }
}
