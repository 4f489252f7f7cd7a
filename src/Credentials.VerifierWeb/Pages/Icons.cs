using Credentials.VerifierWeb.Markup;

namespace Credentials.VerifierWeb.Pages;

/// <summary>Signs that differ in shape as well as in colour. They stand beside a word that says the same, so assistive technology passes over them.</summary>
internal static class Icons
{
    /// <summary>A tick in a disc.</summary>
    public static Html Good { get; } = Svg(Html.Of($"""<circle cx="12" cy="12" r="11"/><path class="i" d="M6.5 12.5l3.8 3.8 7.4-8.2"/>"""));

    /// <summary>A cross in an octagon.</summary>
    public static Html Bad { get; } = Svg(Html.Of($"""<path d="M7.5 1h9L23 7.5v9L16.5 23h-9L1 16.5v-9z"/><path class="i" d="M8 8l8 8M16 8l-8 8"/>"""));

    /// <summary>A question mark in a diamond.</summary>
    public static Html Open { get; } = Svg(Html.Of($"""<path d="M12 .5L23.5 12 12 23.5.5 12z"/><path class="i" d="M9.3 9.4a2.7 2.7 0 1 1 4 2.4c-.9.5-1.3 1-1.3 2M12 16.6v.2"/>"""));

    /// <summary>A dash in a ring.</summary>
    public static Html None { get; } = Svg(Html.Of($"""<circle class="r" cx="12" cy="12" r="10"/><path class="r" d="M7.5 12h9"/>"""));

    private static Html Svg(Html shapes) => Html.Of($"""<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">{shapes}</svg>""");
}
