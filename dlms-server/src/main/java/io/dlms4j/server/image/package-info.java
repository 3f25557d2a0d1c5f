/**
 * Images that clients transfer into a server, such as its firmware.
 *
 * <p>{@link io.dlms4j.server.image.ImageTransfer} is an object of the interface class "Image
 * transfer" (class_id 18, version 0; Blue Book 4.4.6) over a store for the image and two hooks, of
 * which one finds out whether it is good and the other takes it into use:
 *
 * <pre>{@code
 * ImageTransfer transfer =
 *     ImageTransfer.builder(ObisCode.of("0.0.44.0.0.255"), FileImageStore.open(file))
 *         .maxImageSize(1 << 20)
 *         .verifier(image -> checkSignature(image))
 *         .activation(image -> install(image))
 *         .executor(background)        // stores block, and verifiers take their time
 *         .build();
 *
 * LogicalDevice.builder(1, name)
 *     .object(transfer.object())
 *     ...
 * }</pre>
 *
 * <h2>What is answered when</h2>
 *
 * <ul>
 *   <li>Parameters of another type than the Blue Book says are answered with type-unmatched; what
 *       the store cannot keep, with temporary-failure; whatever else is refused, with other-reason,
 *       and it changes nothing.
 *   <li>image_transfer_initiate begins anew at any time but during an activation. An image that is
 *       empty, larger than allowed, or of more than 2^20 blocks is refused.
 *   <li>Blocks come in any order, and as often as they like: the last one of a number counts. Each
 *       has the length of a block, and the last one of the image what is left.
 *   <li>image_block_size can be written: it cancels what is under way.
 *   <li>image_verify and image_activate are answered with temporary-failure if the hook takes its
 *       time, and image_transfer_status tells the end. An image that lacks blocks is refused; one
 *       that has not been verified is verified before it is activated.
 *   <li>An image that was found bad can be verified again, or be transferred again from
 *       image_transfer_initiate on.
 *   <li>An image that has been activated leaves the store at once.
 * </ul>
 */
@NullMarked
package io.dlms4j.server.image;

import org.jspecify.annotations.NullMarked;
