namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>The icons of the portal; each means one thing.</summary>
public enum IconName
{
    Home, Server, Bench, Site, Job, Mail, Console, Terminal, Add, Close, Search, Menu, More, Copy, Paste, Open, Retry, ChevronRight, ChevronDown, User, Theme, Key, Keyboard, SignOut, Download, Wrap, Pause, Play, Follow, Clear, Eye, Back, Dice, Bell, Webhook,
    Ok, Running, Warn, Fail, Idle, Draft, Skipped, Connected, Team,
}
