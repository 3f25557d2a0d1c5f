package io.dlms4j.examples.cli.syntax;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.Octets;
import io.dlms4j.ber.BerException;
import io.dlms4j.cosem.acse.AARE;
import io.dlms4j.cosem.acse.AARQ;
import io.dlms4j.cosem.acse.AcseApdu;
import io.dlms4j.cosem.acse.AcseCodec;
import io.dlms4j.cosem.acse.RLRE;
import io.dlms4j.cosem.acse.RLRQ;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.ApduException;
import io.dlms4j.examples.cli.syntax.Composites.Alternative;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All APDUs, and the library's judgement of them. */
final class Apdus {
  /** The APDUs of xDLMS, as user-information has them. */
  static final Type XDLMS = Composites.choice(join(Xdlms.APDUS, Protection.APDUS));

  /** The APDUs of xDLMS and of ACSE. */
  static final Type ANY = Composites.choice(join(Acse.APDUS, join(Xdlms.APDUS, Protection.APDUS)));

  private Apdus() {}

  private static List<Alternative> join(List<Alternative> some, List<Alternative> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  /** Octets that are one APDU. */
  static Part read(Octets octets, @Nullable Session session) {
    Walk.Result result = Walk.read(octets, 0, octets.length(), Part.APDU, ANY, session);
    return new Part(result.node(), faults(result, octets));
  }

  /** What is wrong with an APDU: what the walk through it found, or else what the library says. */
  static List<Part.Fault> faults(Walk.Result result, Octets apdu) {
    List<Part.Fault> faults = new ArrayList<>();
    SyntaxException fault = result.fault();
    if (fault != null) {
      faults.add(new Part.Fault(fault.offset(), fault.what()));
    } else {
      refusal(apdu)
          .ifPresent(
              why ->
                  faults.add(
                      new Part.Fault(result.node().offset(), "the library refuses this: " + why)));
    }
    return faults;
  }

  private static Optional<String> refusal(Octets apdu) {
    try {
      switch (apdu.at(0)) {
        case AcseCodec.AARQ_TAG, AcseCodec.AARE_TAG, AcseCodec.RLRQ_TAG, AcseCodec.RLRE_TAG -> {
          Octets userInformation = userInformation(AcseCodec.decode(apdu));
          if (userInformation != null) {
            ApduCodec.STANDARD.decode(userInformation);
          }
        }
        default -> ApduCodec.STANDARD.decode(apdu);
      }
      return Optional.empty();
    } catch (ApduException | BerException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable Octets userInformation(AcseApdu apdu) {
    if (apdu instanceof AARQ aarq) {
      return aarq.userInformation();
    } else if (apdu instanceof AARE aare) {
      return aare.userInformation();
    } else if (apdu instanceof RLRQ rlrq) {
      return rlrq.userInformation();
    }
    return apdu instanceof RLRE rlre ? rlre.userInformation() : null;
  }

  static Octets write(Json apdu) {
    AxdrWriter writer = new AxdrWriter();
    ANY.write(apdu, writer);
    return writer.toOctets();
  }
}
