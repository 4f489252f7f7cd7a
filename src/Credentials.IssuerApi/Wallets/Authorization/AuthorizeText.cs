namespace Credentials.IssuerApi.Wallets.Authorization;

/// <summary>The words of the page in one language. To add one: a row in <see cref="All"/>.</summary>
/// <param name="Language">BCP 47 tag.</param>
/// <param name="Name">The language's own name.</param>
internal sealed record AuthorizeText(string Language, string Name)
{
    /// <summary>The languages; the first where none is understood.</summary>
    public static IReadOnlyList<AuthorizeText> All { get; } =
    [
        new("en", "English")
        {
            Title = "Put your diploma into your wallet",
            Wallet = "The wallet “{0}” asks for your diploma from {1}.",
            GoesTo = "It will be handed to: {0}",
            Label = "Collection code",
            Hint = "The 8 digits that your institution gave you. Nobody else should know them.",
            Consent = "If you continue, a copy of your diploma, with everything that stands in it, goes into this wallet.",
            Allow = "Hand it over",
            Deny = "Cancel",
            WrongCode = "This code is not right. Look at it again: after a few wrong ones the offer is locked.",
            UnknownWallet = "The wallet that sent you here is not registered, so nothing is sent to it. Open the offer again in a wallet that you trust.",
            CannotContinue = "This request is over or cannot be read. Open the offer again in your wallet.",
        },
        new("es", "Español")
        {
            Title = "Lleve su título a su cartera",
            Wallet = "La cartera «{0}» pide su título de {1}.",
            GoesTo = "Se entregará a: {0}",
            Label = "Código de recogida",
            Hint = "Los 8 dígitos que le dio su institución. Nadie más debe conocerlos.",
            Consent = "Si continúa, una copia de su título, con todo lo que consta en él, pasará a esta cartera.",
            Allow = "Entregar",
            Deny = "Cancelar",
            WrongCode = "El código no es correcto. Revíselo: tras varios errores la oferta se bloquea.",
            UnknownWallet = "La cartera que le envió aquí no está registrada, así que no se le envía nada. Abra de nuevo la oferta en una cartera de confianza.",
            CannotContinue = "Esta solicitud ha caducado o no se puede leer. Abra de nuevo la oferta en su cartera.",
        },
        new("ar", "العربية")
        {
            Title = "أضف شهادتك إلى محفظتك",
            Wallet = "تطلب المحفظة «{0}» شهادتك من {1}.",
            GoesTo = "ستُسلَّم إلى: {0}",
            Label = "رمز الاستلام",
            Hint = "الأرقام الثمانية التي أعطتك إياها مؤسستك. لا ينبغي أن يعرفها أحد غيرك.",
            Consent = "إذا تابعت، فستنتقل نسخة من شهادتك بكل ما فيها إلى هذه المحفظة.",
            Allow = "تسليم",
            Deny = "إلغاء",
            WrongCode = "هذا الرمز غير صحيح. تحقق منه مرة أخرى: بعد عدة أخطاء يُقفل العرض.",
            UnknownWallet = "المحفظة التي أرسلتك إلى هنا غير مسجلة، لذلك لن يُرسل إليها شيء. افتح العرض مرة أخرى في محفظة تثق بها.",
            CannotContinue = "انتهى هذا الطلب أو تتعذر قراءته. افتح العرض مرة أخرى في محفظتك.",
        },
        new("zh-Hans", "简体中文")
        {
            Title = "将文凭存入您的钱包",
            Wallet = "钱包“{0}”请求获取您在{1}的文凭。",
            GoesTo = "将交付至:{0}",
            Label = "领取码",
            Hint = "您的院校提供给您的 8 位数字。请勿告知他人。",
            Consent = "如果继续,您的文凭副本及其全部内容将存入此钱包。",
            Allow = "交付",
            Deny = "取消",
            WrongCode = "领取码不正确。请再次核对:多次输错后,此邀约将被锁定。",
            UnknownWallet = "将您带到此处的钱包未注册,因此不会向其发送任何内容。请在您信任的钱包中重新打开邀约。",
            CannotContinue = "此请求已结束或无法读取。请在您的钱包中重新打开邀约。",
        },
    ];

    public required string Title { get; init; }

    public required string Wallet { get; init; }

    public required string GoesTo { get; init; }

    public required string Label { get; init; }

    public required string Hint { get; init; }

    public required string Consent { get; init; }

    public required string Allow { get; init; }

    public required string Deny { get; init; }

    public required string WrongCode { get; init; }

    public required string UnknownWallet { get; init; }

    public required string CannotContinue { get; init; }

    public string Direction => Language == "ar" ? "rtl" : "ltr";

    /// <summary>The language that the learner likes best of those that are there.</summary>
    /// <param name="wanted">Tags, the best first.</param>
    public static AuthorizeText For(IEnumerable<string> wanted) =>
        wanted.Select(tag => All.FirstOrDefault(text => tag.Split('-')[0].Equals(text.Language.Split('-')[0], StringComparison.OrdinalIgnoreCase))).FirstOrDefault(text => text is not null) ?? All[0];
}
