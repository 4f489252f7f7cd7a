namespace Credentials.OpenId.Issuance;

/// <summary>The error codes of the credential, deferred credential and notification endpoints.</summary>
/// <remarks>https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#credential-request-errors</remarks>
public static class IssuanceError
{
    /// <summary>The request is malformed, or misses a parameter.</summary>
    public const string InvalidCredentialRequest = "invalid_credential_request";

    /// <summary>The configuration is not known, or not granted.</summary>
    public const string UnknownCredentialConfiguration = "unknown_credential_configuration";

    /// <summary>The identifier is not known, or not granted.</summary>
    public const string UnknownCredentialIdentifier = "unknown_credential_identifier";

    /// <summary>The proof of a key is missing or not good.</summary>
    public const string InvalidProof = "invalid_proof";

    /// <summary>The nonce in a proof is not the issuer's, too old, or used: get another.</summary>
    public const string InvalidNonce = "invalid_nonce";

    /// <summary>The answer cannot be encrypted as asked.</summary>
    public const string InvalidEncryptionParameters = "invalid_encryption_parameters";

    /// <summary>The credential will not be issued, however often it is asked for.</summary>
    public const string CredentialRequestDenied = "credential_request_denied";

    /// <summary>No such transaction, or its credential was handed out.</summary>
    public const string InvalidTransactionId = "invalid_transaction_id";

    /// <summary>No such notification id.</summary>
    public const string InvalidNotificationId = "invalid_notification_id";

    /// <summary>The notification is malformed.</summary>
    public const string InvalidNotificationRequest = "invalid_notification_request";

    /// <summary>An offer that cannot be read; a code of ours, for wallets.</summary>
    public const string InvalidOffer = "invalid_credential_offer";

    /// <summary>Metadata that cannot be read; a code of ours, for wallets.</summary>
    public const string InvalidMetadata = "invalid_credential_issuer_metadata";

    /// <summary>An answer that cannot be read; a code of ours, for wallets.</summary>
    public const string InvalidResponse = "invalid_credential_response";
}
