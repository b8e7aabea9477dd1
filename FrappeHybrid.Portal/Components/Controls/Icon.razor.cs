using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>A 16 px line icon in the colour of the text around it. Decoration for readers of a screen: the word stands beside it.</summary>
public partial class Icon
{
    private static readonly Dictionary<IconName, string> Shapes = new()
    {
        [IconName.Home] = """<path d="M2.5 7.5 8 3l5.5 4.5V13h-4V9.5h-3V13h-4z"/>""",
        [IconName.Server] = """<rect x="2" y="2.5" width="12" height="4.5" rx="1"/><rect x="2" y="9" width="12" height="4.5" rx="1"/><path d="M4.7 4.75h.01M4.7 11.25h.01"/>""",
        [IconName.Bench] = """<path d="m8 2 6 3-6 3-6-3zM2 8l6 3 6-3M2 11l6 3 6-3"/>""",
        [IconName.Site] = """<circle cx="8" cy="8" r="6"/><path d="M2 8h12M8 2c2 2 2.5 4 2.5 6S10 12 8 14C6 12 5.500 10 5.500 8S6 4 8 2z"/>""",
        [IconName.Job] = """<path d="M6 4h8M6 8h8M6 12h8"/><path d="m2 4 .8.8L4.200 3.300M2 8l.8.8 1.400-1.500M2.500 12h1"/>""",
        [IconName.Mail] = """<rect x="2" y="3.500" width="12" height="9" rx="1"/><path d="m2.500 4.500 5.500 4.500 5.500-4.500"/>""",
        [IconName.Console] = """<rect x="1.500" y="2.500" width="13" height="11" rx="1.500"/><path d="m4.500 6 2 2-2 2M8.500 10.500h3"/>""",
        [IconName.Terminal] = """<path d="m2.500 4 4 4-4 4M8 12.500h5.500"/>""",
        [IconName.Add] = """<path d="M8 3v10M3 8h10"/>""",
        [IconName.Close] = """<path d="m4 4 8 8M12 4l-8 8"/>""",
        [IconName.Search] = """<circle cx="7" cy="7" r="4.500"/><path d="m10.500 10.500 3.500 3.500"/>""",
        [IconName.Menu] = """<path d="M2 4h12M2 8h12M2 12h12"/>""",
        [IconName.More] = """<path d="M3.500 8h.01M8 8h.01M12.500 8h.01" stroke-width="2.200"/>""",
        [IconName.Copy] = """<rect x="5" y="5" width="9" height="9" rx="1.500"/><path d="M11 5V3.500A1.500 1.500 0 0 0 9.500 2h-6A1.500 1.500 0 0 0 2 3.500v6A1.500 1.500 0 0 0 3.500 11H5"/>""",
        [IconName.Paste] = """<rect x="3" y="3" width="10" height="11" rx="1.500"/><path d="M6 3V2h4v1.500H6zM5.500 7.500h5M5.500 10.500h3"/>""",
        [IconName.Open] = """<path d="M9.500 2.500h4v4M13.500 2.500 7.500 8.500M11.500 9.500v3a1 1 0 0 1-1 1h-7a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1h3"/>""",
        [IconName.Retry] = """<path d="M13 8a5 5 0 1 1-1.500-3.600L13 6M13 2.500V6H9.500"/>""",
        [IconName.ChevronRight] = """<path d="m6 4 4 4-4 4"/>""",
        [IconName.ChevronDown] = """<path d="m4 6 4 4 4-4"/>""",
        [IconName.User] = """<circle cx="8" cy="5.500" r="2.700"/><path d="M2.800 13.500c.7-2.500 2.700-3.800 5.200-3.800s4.500 1.300 5.200 3.800"/>""",
        [IconName.Team] = """<circle cx="6" cy="5.500" r="2.300"/><path d="M1.500 13c.5-2.300 2.200-3.500 4.500-3.500s4 1.200 4.500 3.500M10.500 3.400a2.200 2.200 0 0 1 0 4.200M12 9.800c1.400.5 2.200 1.600 2.500 3.200"/>""",
        [IconName.Theme] = """<circle cx="8" cy="8" r="5.500"/><path d="M8 2.500v11a5.500 5.500 0 0 0 0-11z" fill="currentColor"/>""",
        [IconName.Key] = """<circle cx="5" cy="11" r="3"/><path d="m7.200 8.800 6.300-6.300M11 5l2 2"/>""",
        [IconName.Keyboard] = """<rect x="1.500" y="4" width="13" height="8.500" rx="1.500"/><path d="M4 7h.01M6.700 7h.01M9.300 7h.01M12 7h.01M5 10h6"/>""",
        [IconName.SignOut] = """<path d="M6 2.500H3.500a1 1 0 0 0-1 1v9a1 1 0 0 0 1 1H6M10.500 5l3 3-3 3M13.500 8H6"/>""",
        [IconName.Download] = """<path d="M8 2.500v7.500M5 7l3 3 3-3M2.500 13.500h11"/>""",
        [IconName.Wrap] = """<path d="M2 4h12M2 12h4M2 8h9.500a2 2 0 0 1 0 4H9M10.500 10.500 9 12l1.500 1.500"/>""",
        [IconName.Pause] = """<path d="M5.500 3.500v9M10.500 3.500v9"/>""",
        [IconName.Play] = """<path d="M4.500 3v10l8-5z"/>""",
        [IconName.Follow] = """<path d="M8 2.500v8M5 8l3 3 3-3M3 13.500h10"/>""",
        [IconName.Clear] = """<circle cx="8" cy="8" r="5.500"/><path d="m4.200 11.800 7.600-7.600"/>""",
        [IconName.Eye] = """<path d="M1.500 8S4 3.500 8 3.500 14.500 8 14.500 8 12 12.500 8 12.500 1.500 8 1.500 8z"/><circle cx="8" cy="8" r="2"/>""",
        [IconName.Back] = """<path d="M13 8H3M7 4 3 8l4 4"/>""",
        [IconName.Dice] = """<rect x="2.500" y="2.500" width="11" height="11" rx="2"/><path d="M5.500 5.500h.01M10.500 5.500h.01M8 8h.01M5.500 10.500h.01M10.500 10.500h.01" stroke-width="1.800"/>""",
        [IconName.Bell] = """<path d="M8 2a4 4 0 0 0-4 4v2.500L2.800 11h10.400L12 8.500V6a4 4 0 0 0-4-4zM6.500 13.300a1.600 1.600 0 0 0 3 0"/>""",
        [IconName.Webhook] = """<circle cx="8" cy="4.500" r="2"/><circle cx="4" cy="11.500" r="2"/><circle cx="12" cy="11.500" r="2"/><path d="m7 6.300-2.200 3.600M9 6.300l2.200 3.600M6 11.500h4"/>""",
        [IconName.Ok] = """<circle cx="8" cy="8" r="6" fill="currentColor" stroke="none"/><path d="m5.300 8.200 1.900 1.900 3.500-4" stroke="var(--surface)" stroke-width="1.600"/>""",
        [IconName.Running] = """<circle cx="8" cy="8" r="5.500" opacity=".3"/><path d="M8 2.500A5.500 5.500 0 0 1 13.500 8" stroke-width="2"/>""",
        [IconName.Warn] = """<path d="M8 1.800 15 14H1z" fill="currentColor" stroke="none"/><path d="M8 6.300v3.200M8 11.800h.01" stroke="var(--surface)" stroke-width="1.600"/>""",
        [IconName.Fail] = """<path d="M5.300 1.800h5.400l3.500 3.500v5.400l-3.500 3.500H5.300l-3.500-3.500V5.300z" fill="currentColor" stroke="none"/><path d="m5.800 5.800 4.400 4.400M10.200 5.800l-4.400 4.400" stroke="var(--surface)" stroke-width="1.600"/>""",
        [IconName.Idle] = """<circle cx="8" cy="8" r="5.300"/>""",
        [IconName.Draft] = """<circle cx="8" cy="8" r="5.300" stroke-dasharray="2.200 2.360"/>""",
        [IconName.Skipped] = """<circle cx="8" cy="8" r="5.300"/><path d="M5.500 8h5"/>""",
        [IconName.Connected] = """<circle cx="8" cy="8" r="3.500" fill="currentColor" stroke="none"/>""",
    };

    [Parameter, EditorRequired]
    public IconName Name { get; set; }

    [Parameter]
    public string? Class { get; set; }
}
