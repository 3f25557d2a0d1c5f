package io.dlms4j.client;

import static io.dlms4j.cosem.classes.ImageTransferStatus.ACTIVATION_FAILED;
import static io.dlms4j.cosem.classes.ImageTransferStatus.ACTIVATION_INITIATED;
import static io.dlms4j.cosem.classes.ImageTransferStatus.ACTIVATION_SUCCESSFUL;
import static io.dlms4j.cosem.classes.ImageTransferStatus.INITIATED;
import static io.dlms4j.cosem.classes.ImageTransferStatus.NOT_INITIATED;
import static io.dlms4j.cosem.classes.ImageTransferStatus.VERIFICATION_FAILED;
import static io.dlms4j.cosem.classes.ImageTransferStatus.VERIFICATION_INITIATED;
import static io.dlms4j.cosem.classes.ImageTransferStatus.VERIFICATION_SUCCESSFUL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.DataAccessException;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.classes.ImageToActivate;
import io.dlms4j.server.image.ImageActivation;
import io.dlms4j.server.image.ImageVerifier;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The rules of the vendor's meters, IMG-01 to IMG-05, as a client sees them step by step. */
class ImageRulesTest extends ImageOverWrapper {
  private static final int SIZE = 250;

  private final CompletableFuture<ImageVerifier.Verdict> verdict = new CompletableFuture<>();
  private final CompletableFuture<ImageActivation.Outcome> outcome = new CompletableFuture<>();

  private static void assertRefused(ActionResult result, CompletionStage<?> stage) {
    assertEquals(result, failure(ActionException.class, stage).result());
  }

  /** All blocks are there. */
  private ImageTransfer transferred() {
    ImageTransfer transfer =
        start(
            builder ->
                builder
                    .survivingRestarts(false)
                    .verifier(image -> verdict)
                    .activation(image -> outcome));
    await(transfer.initiate(NAME, SIZE));
    for (int i = 0; i < 3; i++) {
      sendBlock(transfer, SIZE, i);
    }
    return transfer;
  }

  private ImageTransfer verified() {
    verdict.complete(
        new ImageVerifier.Good(
            List.of(new ImageToActivate(SIZE, Octets.ofHex("0000000700000002"), NAME))));
    ImageTransfer transfer = transferred();
    assertTrue(await(transfer.verify()));
    return transfer;
  }

  @Test
  void img01TheBlockSizeIs985UnlessItIsWritten() {
    ImageTransfer transfer = start(builder -> builder.blockSize(985, 16, 985));
    assertEquals(985, await(transfer.blockSize()));
    await(transfer.setBlockSize(983));
    assertEquals(983, await(transfer.blockSize()));
    DataAccessException tooLong = failure(DataAccessException.class, transfer.setBlockSize(986));
    assertEquals(DataAccessResult.OTHER_REASON, tooLong.result());
    assertEquals(983, await(transfer.blockSize()));
  }

  @Test
  void img01WritingTheBlockSizeCancelsTheTransfer() {
    ImageTransfer transfer = start();
    await(transfer.initiate(NAME, SIZE));
    sendBlock(transfer, SIZE, 0);
    await(transfer.setBlockSize(50));
    assertEquals(NOT_INITIATED, await(transfer.status()));
    assertEquals("", bits(transfer));
    assertEquals(0, await(transfer.firstNotTransferredBlock()));
    assertRefused(ActionResult.OTHER_REASON, transfer.transferBlock(1, ImageMeter.image(50)));
  }

  @Test
  void img02InitiatingSetsTheStatusAndTellsOfTheBlocksThatAreMissing() {
    ImageTransfer transfer = start();
    assertEquals(NOT_INITIATED, await(transfer.status()));
    await(transfer.initiate(NAME, SIZE));
    assertEquals(INITIATED, await(transfer.status()));
    assertEquals("000", bits(transfer));
    assertEquals(0, await(transfer.firstNotTransferredBlock()));
    sendBlock(transfer, SIZE, 2);
    sendBlock(transfer, SIZE, 0);
    sendBlock(transfer, SIZE, 0);
    assertEquals("101", bits(transfer));
    assertEquals(1, await(transfer.firstNotTransferredBlock()));
    sendBlock(transfer, SIZE, 1);
    assertEquals("111", bits(transfer));
    assertEquals(3, await(transfer.firstNotTransferredBlock()));
  }

  @Test
  void img02InitiatingAgainRestartsTheTransfer() {
    ImageTransfer transfer = start();
    await(transfer.initiate(NAME, SIZE));
    sendBlock(transfer, SIZE, 0);
    await(transfer.initiate(NAME, SIZE + BLOCK));
    assertEquals(INITIATED, await(transfer.status()));
    assertEquals("0000", bits(transfer));
  }

  @Test
  void img03VerifyingIsPutOffAndEndsWell() {
    ImageTransfer transfer = transferred();
    assertFalse(await(transfer.verify()));
    assertEquals(VERIFICATION_INITIATED, await(transfer.status()));
    assertFalse(await(transfer.verify()));
    verdict.complete(new ImageVerifier.Good(List.of(new ImageToActivate(SIZE, NAME, NAME))));
    assertEquals(VERIFICATION_SUCCESSFUL, await(transfer.status()));
    assertTrue(await(transfer.verify()));
  }

  @Test
  void img03VerifyingIsPutOffAndEndsBadly() {
    ImageTransfer transfer = transferred();
    assertFalse(await(transfer.verify()));
    verdict.complete(new ImageVerifier.Bad());
    assertEquals(VERIFICATION_FAILED, await(transfer.status()));
    assertEquals(List.of(), await(transfer.imagesToActivate()));
    assertRefused(ActionResult.OTHER_REASON, transfer.activate());
  }

  @Test
  void img03AVerificationThatBreaksFindsTheImageBad() {
    ImageTransfer transfer = transferred();
    assertFalse(await(transfer.verify()));
    verdict.completeExceptionally(new IOException("out of reach"));
    assertEquals(VERIFICATION_FAILED, await(transfer.status()));
  }

  @Test
  void img03AnyOtherAnswerToVerifyLeavesTheStatus() {
    ImageTransfer transfer = start();
    assertRefused(ActionResult.OTHER_REASON, transfer.verify());
    assertEquals(NOT_INITIATED, await(transfer.status()));
    await(transfer.initiate(NAME, SIZE));
    sendBlock(transfer, SIZE, 0);
    assertRefused(ActionResult.OTHER_REASON, transfer.verify());
    assertRefused(ActionResult.OTHER_REASON, transfer.activate());
    assertEquals(INITIATED, await(transfer.status()));
  }

  @Test
  void img03AVerificationThatWasCancelledIsNotHeardOf() {
    ImageTransfer transfer = transferred();
    assertFalse(await(transfer.verify()));
    await(transfer.initiate(NAME, SIZE));
    verdict.complete(new ImageVerifier.Good(List.of()));
    assertEquals(INITIATED, await(transfer.status()));
  }

  @Test
  void img04WhatWasVerifiedHasSizeIdentificationAndSignature() {
    ImageTransfer transfer = transferred();
    assertEquals(List.of(), await(transfer.imagesToActivate()));
    ImageToActivate found =
        new ImageToActivate(SIZE, Octets.ofHex("0000000700000002"), Octets.ofHex("0102030405"));
    verdict.complete(new ImageVerifier.Good(List.of(found)));
    assertTrue(await(transfer.verify()));
    assertEquals(List.of(found), await(transfer.imagesToActivate()));
    await(transfer.initiate(NAME, SIZE));
    assertEquals(List.of(), await(transfer.imagesToActivate()));
  }

  @Test
  void img05AfterActivationWithSuccessTheRestartClearsTheStatus() throws IOException {
    ImageTransfer transfer = verified();
    outcome.complete(ImageActivation.Outcome.ACTIVATED);
    assertTrue(await(transfer.activate()));
    assertEquals(ACTIVATION_SUCCESSFUL, await(transfer.status()));
    held().restart();
    assertEquals(NOT_INITIATED, await(transfer.status()));
    assertEquals(List.of(), await(transfer.imagesToActivate()));
  }

  @Test
  void img05AnActivationThatFailsIsATemporaryFailureAndTheRestartClearsTheStatus()
      throws IOException {
    ImageTransfer transfer = verified();
    outcome.complete(ImageActivation.Outcome.FAILED);
    assertFalse(await(transfer.activate()));
    assertEquals(ACTIVATION_FAILED, await(transfer.status()));
    held().restart();
    assertEquals(NOT_INITIATED, await(transfer.status()));
  }

  @Test
  void img05AnActivationThatIsRefusedLeavesTheStatusAndTheRestartClearsIt() throws IOException {
    ImageTransfer transfer = verified();
    outcome.complete(ImageActivation.Outcome.REFUSED);
    assertRefused(ActionResult.OTHER_REASON, transfer.activate());
    assertEquals(VERIFICATION_SUCCESSFUL, await(transfer.status()));
    held().restart();
    assertEquals(NOT_INITIATED, await(transfer.status()));
  }

  @Test
  void img05AnActivationMayTakeItsTimeAndNothingElseBeginsMeanwhile() {
    ImageTransfer transfer = verified();
    assertFalse(await(transfer.activate()));
    assertEquals(ACTIVATION_INITIATED, await(transfer.status()));
    assertFalse(await(transfer.activate()));
    assertRefused(ActionResult.TEMPORARY_FAILURE, transfer.initiate(NAME, SIZE));
    DataAccessException refused = failure(DataAccessException.class, transfer.setBlockSize(50));
    assertEquals(DataAccessResult.TEMPORARY_FAILURE, refused.result());
    outcome.complete(ImageActivation.Outcome.ACTIVATED);
    assertEquals(ACTIVATION_SUCCESSFUL, await(transfer.status()));
  }

  @Test
  void anImageThatWasNotVerifiedIsVerifiedBeforeItIsActivated() {
    ImageTransfer transfer = transferred();
    assertFalse(await(transfer.activate()));
    assertEquals(VERIFICATION_INITIATED, await(transfer.status()));
    verdict.complete(new ImageVerifier.Good(List.of(new ImageToActivate(SIZE, NAME, NAME))));
    assertEquals(ACTIVATION_INITIATED, await(transfer.status()));
    outcome.complete(ImageActivation.Outcome.ACTIVATED);
    assertEquals(ACTIVATION_SUCCESSFUL, await(transfer.status()));
  }

  @Test
  void anImageThatIsFoundBadIsNotActivated() {
    verdict.complete(new ImageVerifier.Bad());
    ImageTransfer transfer = transferred();
    assertRefused(ActionResult.OTHER_REASON, transfer.activate());
    assertEquals(VERIFICATION_FAILED, await(transfer.status()));
  }

  @Test
  void blocksThatTheImageDoesNotHaveAreRefusedAndChangeNothing() {
    ImageTransfer transfer = start(builder -> builder.maxImageSize(SIZE));
    assertRefused(ActionResult.OTHER_REASON, transfer.transferBlock(0, ImageMeter.image(BLOCK)));
    assertRefused(ActionResult.OTHER_REASON, transfer.initiate(NAME, 0));
    assertRefused(ActionResult.OTHER_REASON, transfer.initiate(NAME, SIZE + 1));
    assertEquals(NOT_INITIATED, await(transfer.status()));
    await(transfer.initiate(NAME, SIZE));
    for (long number : new long[] {3, 0xFFFF_FFFFL}) {
      assertRefused(
          ActionResult.OTHER_REASON, transfer.transferBlock(number, ImageMeter.image(BLOCK)));
    }
    for (int length : new int[] {0, BLOCK - 1, BLOCK + 1}) {
      assertRefused(ActionResult.OTHER_REASON, transfer.transferBlock(1, ImageMeter.image(length)));
    }
    assertRefused(ActionResult.OTHER_REASON, transfer.transferBlock(2, ImageMeter.image(BLOCK)));
    assertEquals("000", bits(transfer));
  }

  @Test
  void aServerThatTakesNoImagesRefusesEveryMethod() {
    ImageTransfer transfer = verified();
    held().setEnabled(false);
    assertFalse(await(transfer.enabled()));
    assertRefused(ActionResult.OTHER_REASON, transfer.initiate(NAME, SIZE));
    assertRefused(ActionResult.OTHER_REASON, transfer.activate());
    assertEquals(VERIFICATION_SUCCESSFUL, await(transfer.status()));
  }

  @Test
  void parametersOfAnotherTypeAreRefusedAsSuchAndChangeNothing() {
    ImageTransfer transfer = transferred();
    CosemData number = CosemData.doubleLongUnsigned(1);
    CosemData octets = CosemData.octetString(ImageMeter.image(BLOCK));
    List<CosemData> wrong =
        List.of(
            CosemData.nullData(),
            octets,
            CosemData.structure(),
            CosemData.structure(number),
            CosemData.structure(octets, octets),
            CosemData.structure(number, number),
            CosemData.structure(CosemData.longUnsigned(1), octets),
            CosemData.structure(octets, CosemData.longUnsigned(1)),
            CosemData.structure(number, octets, number),
            CosemData.array(CosemData.nullData(), number));
    for (int method = 1; method <= 4; method++) {
      for (CosemData each : wrong) {
        assertRefused(ActionResult.TYPE_UNMATCHED, invoke(method, each));
      }
    }
    DataAccessException refused =
        failure(DataAccessException.class, write(CosemData.longUnsigned(50)));
    assertEquals(DataAccessResult.TYPE_UNMATCHED, refused.result());
    assertEquals(INITIATED, await(transfer.status()));
    assertEquals("111", bits(transfer));
  }
}
