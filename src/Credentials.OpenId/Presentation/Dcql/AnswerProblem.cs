namespace Credentials.OpenId.Presentation.Dcql;

/// <summary>Why an answer is not what the query asked for.</summary>
public static class AnswerProblem
{
    /// <summary>A credential was given for which nobody asked, or under an id that the query does not have.</summary>
    public const string SurplusCredential = "SURPLUS_CREDENTIAL";

    /// <summary>A credential that was asked for is not there.</summary>
    public const string MissingCredential = "MISSING_CREDENTIAL";

    /// <summary>The credential is in another format.</summary>
    public const string WrongFormat = "WRONG_FORMAT";

    /// <summary>The credential is of another type.</summary>
    public const string WrongType = "WRONG_TYPE";

    /// <summary>The credential shows none of the authorities behind its issuer.</summary>
    public const string WrongAuthority = "WRONG_AUTHORITY";

    /// <summary>Possession of the holder's key is not proven.</summary>
    public const string NotHolderBound = "NOT_HOLDER_BOUND";

    /// <summary>A claim that was asked for was withheld, or is not in the credential.</summary>
    public const string MissingClaim = "MISSING_CLAIM";

    /// <summary>A claim has none of the values that were asked for.</summary>
    public const string WrongValue = "WRONG_VALUE";

    /// <summary>A claim was disclosed for which nobody asked.</summary>
    public const string SurplusClaim = "SURPLUS_CLAIM";
}
