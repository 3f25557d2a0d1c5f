package io.dlms4j.examples.cli;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.ber.BerException;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.acse.AARE;
import io.dlms4j.cosem.acse.AARQ;
import io.dlms4j.cosem.acse.AcseApdu;
import io.dlms4j.cosem.acse.AcseCodec;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.ApduException;
import io.dlms4j.cosem.apdu.ConfirmedServiceError;
import io.dlms4j.cosem.apdu.ExceptionResponse;
import io.dlms4j.cosem.apdu.GetDataResult;
import io.dlms4j.cosem.apdu.GetRequestNext;
import io.dlms4j.cosem.apdu.GetRequestNormal;
import io.dlms4j.cosem.apdu.GetResponseNormal;
import io.dlms4j.cosem.apdu.GetResponseWithDataBlock;
import io.dlms4j.cosem.apdu.InitiateRequest;
import io.dlms4j.cosem.apdu.InitiateResponse;
import io.dlms4j.cosem.apdu.InvokeIdAndPriority;
import io.dlms4j.cosem.apdu.SelectiveAccess;
import io.dlms4j.cosem.classes.InterfaceClass;
import org.jspecify.annotations.Nullable;

/** An APDU as a tree of its fields. */
final class ApduTree {
  private final Tree tree;

  private ApduTree(Tree tree) {
    this.tree = tree;
  }

  /** Adds an APDU, or says why it is none. */
  static void add(Tree tree, Octets octets) {
    try {
      int tag = octets.isEmpty() ? 0 : octets.at(0);
      if (tag == AcseCodec.AARQ_TAG || tag == AcseCodec.AARE_TAG) {
        new ApduTree(tree).acse(AcseCodec.decode(octets));
      } else {
        new ApduTree(tree).xdlms(ApduCodec.STANDARD.decode(octets));
      }
    } catch (ApduException | BerException e) {
      tree.line("APDU " + octets).inside(() -> tree.line("not decoded: " + e.getMessage()));
    }
  }

  private void acse(AcseApdu apdu) {
    if (apdu instanceof AARQ aarq) {
      tree.line("AARQ")
          .inside(
              () -> {
                tree.line("application-context-name " + aarq.applicationContextName());
                AARQ.Authentication authentication = aarq.authentication();
                if (authentication != null) {
                  tree.line("mechanism-name " + authentication.mechanismName());
                  Octets value = authentication.callingAuthenticationValue();
                  if (value != null) {
                    tree.line("calling-authentication-value " + value);
                  }
                }
                userInformation(aarq.userInformation());
              });
    } else if (apdu instanceof AARE aare) {
      tree.line("AARE")
          .inside(
              () -> {
                tree.line("application-context-name " + aare.applicationContextName());
                tree.line("result " + aare.result());
                tree.line("result-source-diagnostic " + aare.diagnostic());
                userInformation(aare.userInformation());
              });
    }
  }

  private void userInformation(@Nullable Octets octets) {
    if (octets != null) {
      tree.line("user-information").inside(() -> add(tree, octets));
    }
  }

  private void xdlms(Apdu apdu) {
    if (apdu instanceof GetRequestNormal request) {
      tree.line("Get-Request-Normal")
          .inside(
              () -> {
                invokeId(request.invokeIdAndPriority());
                attribute(request.attribute());
                SelectiveAccess access = request.selectiveAccess();
                if (access != null) {
                  tree.line("selective access, selector " + access.accessSelector())
                      .inside(() -> tree.data(access.accessParameters().value()));
                }
              });
    } else if (apdu instanceof GetRequestNext request) {
      tree.line("Get-Request-Next")
          .inside(
              () -> {
                invokeId(request.invokeIdAndPriority());
                tree.line("block-number " + request.blockNumber());
              });
    } else if (apdu instanceof GetResponseNormal response) {
      tree.line("Get-Response-Normal")
          .inside(
              () -> {
                invokeId(response.invokeIdAndPriority());
                if (response.result() instanceof GetDataResult.Data data) {
                  tree.data(data.value().value());
                } else if (response.result() instanceof GetDataResult.Failure failure) {
                  tree.line("data-access-result " + failure.result());
                }
              });
    } else if (apdu instanceof GetResponseWithDataBlock response) {
      tree.line("Get-Response-With-Datablock").inside(() -> block(response));
    } else if (apdu instanceof InitiateRequest request) {
      tree.line("InitiateRequest")
          .inside(
              () -> {
                tree.line("proposed-dlms-version-number " + request.proposedDlmsVersionNumber());
                tree.line("proposed-conformance " + request.proposedConformance());
                tree.line("client-max-receive-pdu-size " + request.clientMaxReceivePduSize());
              });
    } else if (apdu instanceof InitiateResponse response) {
      tree.line("InitiateResponse")
          .inside(
              () -> {
                tree.line(
                    "negotiated-dlms-version-number " + response.negotiatedDlmsVersionNumber());
                tree.line("negotiated-conformance " + response.negotiatedConformance());
                tree.line("server-max-receive-pdu-size " + response.serverMaxReceivePduSize());
                tree.line("vaa-name " + response.vaaName());
              });
    } else if (apdu instanceof ExceptionResponse || apdu instanceof ConfirmedServiceError) {
      tree.line(apdu.toString());
    }
  }

  private void block(GetResponseWithDataBlock response) {
    invokeId(response.invokeIdAndPriority());
    tree.line("last-block " + response.lastBlock());
    tree.line("block-number " + response.blockNumber());
    if (response.result() instanceof GetResponseWithDataBlock.RawData raw) {
      tree.line("raw-data, " + raw.octets().length() + " octets")
          .inside(() -> rawData(raw.octets(), response));
    } else if (response.result() instanceof GetResponseWithDataBlock.Failure failure) {
      tree.line("data-access-result " + failure.result());
    }
  }

  /** A value that one block holds whole is shown as such; a part of one is octets. */
  private void rawData(Octets octets, GetResponseWithDataBlock response) {
    if (response.blockNumber() == 1 && response.lastBlock()) {
      try {
        tree.data(CosemData.decode(octets));
        return;
      } catch (AxdrException e) {
        // Shown as octets below.
      }
    }
    tree.line(octets.toString());
  }

  private void invokeId(InvokeIdAndPriority invokeId) {
    tree.line(
        "invoke-id-and-priority %02X: invoke-id %d, %s, %s priority"
            .formatted(
                invokeId.octet(),
                invokeId.invokeId(),
                invokeId.isConfirmed() ? "confirmed" : "unconfirmed",
                invokeId.isHighPriority() ? "high" : "normal"));
  }

  private void attribute(AttributeRef attribute) {
    String names =
        InterfaceClass.ofId(attribute.classId())
            .map(
                type ->
                    " ("
                        + type.name()
                        + ", "
                        + type.attributeName(attribute.attributeIndex())
                        + ")")
            .orElse("");
    tree.line("attribute " + attribute + names);
  }
}
