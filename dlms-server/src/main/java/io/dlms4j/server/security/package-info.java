/**
 * Keys, policy and secrets of a server that clients may change.
 *
 * <p>{@link io.dlms4j.server.security.SecuritySetup} is one security context: an object of the
 * interface class "Security setup" (class_id 64, versions 0 and 1; Blue Book 4.4.7), and the {@link
 * io.dlms4j.cosem.security.KeyProvider} of the associations that are protected in it. It is put
 * into a logical device like any other object:
 *
 * <pre>{@code
 * Path file = Path.of("security-setup.p12");
 * FileSecuritySetupStore store =
 *     Files.exists(file)
 *         ? FileSecuritySetupStore.open(file, password)
 *         : FileSecuritySetupStore.create(file, password);
 *
 * SecuritySetup setup =
 *     SecuritySetup.builder(ObisCode.of("0.0.43.0.0.255"), serverTitle, SecuritySuite.SUITE_1)
 *         .keys(firstKeys)             // of a new device: from then on the store says what counts
 *         .signing(serverSigningPair)
 *         .trustedIssuer(rootCertificate)
 *         .store(store)
 *         .executor(background)        // what is saved takes tens of milliseconds
 *         .build();
 *
 * LogicalDevice.builder(1, name)
 *     .object(setup.object())
 *     ...
 * }</pre>
 *
 * <h2>What counts when</h2>
 *
 * <ul>
 *   <li>An association keeps the keys that it was opened with: keys and certificates that are
 *       changed count from the next AARQ on.
 *   <li>A policy that is changed counts at once, for every association of the context. It can only
 *       be made stronger.
 *   <li>A key pair that is generated counts when its certificate has been imported, and replaces
 *       the one before and what certified it.
 *   <li>A method changes all that it was asked to change, or nothing. What it changes has been
 *       saved before it counts: an answer "success" survives a loss of power.
 *   <li>Invocation counters belong to a key, not to a place for one: a key that was never used
 *       begins new ones, a key that comes back goes on with its old ones. There is nothing to be
 *       reset here.
 * </ul>
 *
 * <h2>What a client is told</h2>
 *
 * <p>Parameters of another type than the Blue Book says are answered with type-unmatched; whatever
 * else is refused, with other-reason, so that nobody learns about keys from the way in which a
 * guess fails; a state that cannot be saved, with temporary-failure. No key is ever told, and no
 * attribute of this class can be written: who may invoke the methods, and read the certificates, is
 * said by the association's {@link io.dlms4j.server.AccessPolicy}.
 *
 * <h2>How the class is read</h2>
 *
 * <ul>
 *   <li>In suite 0 there are no public keys: version 1 has then methods 1 and 2 alone, and no
 *       certificates. Version 0 knows suite 0 alone.
 *   <li>All keys of one key_transfer are wrapped with the master key that counts before it, also
 *       when a new master key is among them.
 *   <li>key_agreement derives master keys for AES key wrap, all others for AES-GCM; party U is the
 *       client (Green Book 9.2.3.4.6).
 *   <li>Key pairs are for signatures or for key agreement; there are none for TLS.
 *   <li>serial_number is the contents of the certificate's INTEGER; issuer, subject and
 *       subject_alt_name are in DER, with tag and length. subject_alt_name is empty if there is
 *       none.
 *   <li>A certificate is the server's or the client's by its system title; where the context is not
 *       pinned to a client, all others are clients'. Trusted issuers are told as certification
 *       authorities, without a system title, and are not removed.
 *   <li>A certificate is imported if a trusted issuer signed it, it is valid now, its key is of the
 *       suite, and no other one has the issuer's serial number; the server's own, only if the
 *       server has the private key. Where several are of one party and one use, the last counts.
 * </ul>
 *
 * <p>{@link io.dlms4j.server.security.AssociationSecret} is the password or HLS secret of one
 * association, for the attribute secret and the method change_HLS_secret of its Association object.
 */
@NullMarked
package io.dlms4j.server.security;

import org.jspecify.annotations.NullMarked;
