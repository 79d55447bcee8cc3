//! The smallest creation of each strategy, as `docs/strategies/` shows it.

use auth0_connections::connections;
use auth0_connections::models::*;
use auth0_connections::runtime::{Body, InvalidRequest, JsonObject};

type Built = Result<http::Request<Body>, InvalidRequest>;

/// The strategy and the request.
#[rustfmt::skip]
#[expect(deprecated, reason = "also what is deprecated can be created")]
pub fn creations() -> Vec<(&'static str, Built)> {
    vec![
        ("ad", connections::create_ad("ad")
    .options(
        ConnectionOptionsAd::default()
            .tenant_domain("acme.com")
    ).build()),
        ("adfs", connections::create_adfs("adfs")
    .options(
        ConnectionOptionsAdfs::default()
            .adfs_server("https://adfs.acme.com")
    ).build()),
        ("amazon", connections::create_amazon("amazon")
    .options(
        ConnectionOptionsAmazon::default()
            .client_id("id")
            .client_secret("secret")
    ).build()),
        ("apple", connections::create_apple("apple")
    .options(
        ConnectionOptionsApple::default()
            .client_id("com.acme.app")
            .team_id("TEAM")
            .kid("KEY")
            .app_secret("-----BEGIN PRIVATE KEY-----")
    ).build()),
        ("auth0", connections::create_auth0("auth0")
    .options(
        ConnectionOptionsAuth0::default()
            .disable_signup(true)
    ).build()),
        ("auth0-oidc", connections::create_auth0_oidc("auth0-oidc")
    .options(
        ConnectionOptionsAuth0Oidc::default()
            .client_id("id")
            .client_secret("secret")
    ).build()),
        ("baidu", connections::create_baidu("baidu")
    .options(
        ConnectionOptionsBaidu::default()
            .client_id("id")
            .client_secret("secret")
    ).build()),
        ("bitbucket", connections::create_bitbucket("bitbucket")
    .options(
        ConnectionOptionsBitbucket::default()
            .client_id("abcdefghijklmnopqr")
            .client_secret("secret")
    ).build()),
        ("bitly", connections::create_bitly("bitly")
    .options(
        ConnectionOptionsBitly::default()
            .client_id("id")
            .client_secret("secret")
    ).build()),
        ("box", connections::create_box("box")
    .options(
        ConnectionOptionsBox::default()
            .client_id("id")
            .client_secret("secret")
    ).build()),
        ("custom", connections::create_custom("custom")
    .options(JsonObject::default()).build()),
        ("daccount", connections::create_daccount("daccount")
    .options(
        ConnectionOptionsDaccount::default()
            .client_id("id")
            .client_secret("secret")
    ).build()),
        ("dropbox", connections::create_dropbox("dropbox")
    .options(
        ConnectionOptionsDropbox::default()
            .client_id("id")
            .client_secret("secret")
    ).build()),
        ("dwolla", connections::create_dwolla("dwolla")
    .options(
        ConnectionOptionsDwolla::default()
            .client_id("id")
            .client_secret("secret")
    ).build()),
        ("email", connections::create_email("email")
    .options(ConnectionOptionsEmail::new(true, ConnectionEmailEmail::default(), "email")).build()),
        ("evernote", connections::create_evernote("evernote")
    .options(
        ConnectionOptionsEvernote::default()
            .client_id("id")
            .client_secret("secret")
    ).build()),
        ("evernote-sandbox", connections::create_evernote_sandbox("evernote-sandbox")
    .options(
        ConnectionOptionsEvernote::default()
            .client_id("id")
            .client_secret("secret")
    ).build()),
        ("exact", connections::create_exact("exact")
    .options(
        ConnectionOptionsExact::default()
            .client_id("f81d4fae-7dec-11d0-a765-00a0c91e6bf6")
            .client_secret("secret")
    ).build()),
        ("facebook", connections::create_facebook("facebook")
    .options(
        ConnectionOptionsFacebook::default()
            .client_id("id")
            .client_secret("secret")
    ).build()),
        ("fitbit", connections::create_fitbit("fitbit")
    .options(
        ConnectionOptionsFitbit::default()
            .client_id("id")
            .client_secret("secret")
    ).build()),
        ("github", connections::create_github("github")
    .options(
        ConnectionOptionsGitHub::default()
            .client_id("id")
            .client_secret("secret")
    ).build()),
        ("google-apps", connections::create_google_apps("google-apps")
    .options(
        ConnectionOptionsGoogleApps::new("id")
            .client_secret("secret")
            .domain("acme.com")
    ).build()),
        ("google-oauth2", connections::create_google_oauth2("google-oauth2")
    .options(
        ConnectionOptionsGoogleOAuth2::default()
            .client_id("id")
            .client_secret("secret")
    ).build()),
        ("instagram", connections::create_instagram("instagram")
    .options(
        ConnectionOptionsInstagram::default()
            .client_id("id")
            .client_secret("secret")
    ).build()),
        ("ip", connections::create_ip("ip")
    .options(JsonObject::default()).build()),
        ("line", connections::create_line("line")
    .options(
        ConnectionOptionsLine::default()
            .client_id("1234567890")
            .client_secret("secret")
    ).build()),
        ("linkedin", connections::create_linkedin("linkedin")
    .options(
        ConnectionOptionsLinkedin::default()
            .client_id("abcdefghij0123")
            .client_secret("secret")
    ).build()),
        ("oauth1", connections::create_oauth1("oauth1")
    .options(
        ConnectionOptionsOAuth1::default()
            .client_id("id")
            .client_secret("secret")
            .request_token_url("https://idp.example.org/request")
            .access_token_url("https://idp.example.org/access")
            .user_authorization_url("https://idp.example.org/authorize")
    ).build()),
        ("oauth2", connections::create_oauth2("oauth2")
    .options(
        ConnectionOptionsOAuth2::default()
            .client_id("id")
            .client_secret("secret")
            .authorization_url("https://idp.example.org/authorize")
            .token_url("https://idp.example.org/token")
    ).build()),
        ("office365", connections::create_office365("office365")
    .options(
        ConnectionOptionsOffice365::default()
            .client_id("id")
            .client_secret("secret")
    ).build()),
        ("oidc", connections::create_oidc("oidc")
    .options(
        ConnectionOptionsOidc::new("id")
            .discovery_url("https://idp.example.org/.well-known/openid-configuration")
    ).build()),
        ("okta", connections::create_okta("okta")
    .options(
        ConnectionOptionsOkta::new("id")
            .client_secret("secret")
            .domain("acme.okta.com")
    ).build()),
        ("paypal", connections::create_paypal("paypal")
    .options(
        ConnectionOptionsPaypal::default()
            .client_id("id")
            .client_secret("secret")
    ).build()),
        ("paypal-sandbox", connections::create_paypal_sandbox("paypal-sandbox")
    .options(
        ConnectionOptionsPaypal::default()
            .client_id("id")
            .client_secret("secret")
    ).build()),
        ("pingfederate", connections::create_pingfederate("pingfederate")
    .options(
        ConnectionOptionsPingFederate::new("https://ping.example.org")
            .sign_in_endpoint("https://ping.example.org/idp/SSO.saml2")
            .signing_cert("MIIC...")
    ).build()),
        ("planningcenter", connections::create_planningcenter("planningcenter")
    .options(
        ConnectionOptionsPlanningCenter::default()
            .client_id("id")
            .client_secret("secret")
    ).build()),
        ("salesforce", connections::create_salesforce("salesforce")
    .options(
        ConnectionOptionsSalesforce::default()
            .client_id("id")
            .client_secret("secret")
    ).build()),
        ("salesforce-community", connections::create_salesforce_community("salesforce-community")
    .options(
        ConnectionOptionsSalesforceCommunity::default()
            .client_id("id")
            .client_secret("secret")
    ).build()),
        ("salesforce-sandbox", connections::create_salesforce_sandbox("salesforce-sandbox")
    .options(
        ConnectionOptionsSalesforce::default()
            .client_id("id")
            .client_secret("secret")
    ).build()),
        ("samlp", connections::create_samlp("samlp")
    .options(
        ConnectionOptionsSaml::default()
            .sign_in_endpoint("https://idp.example.org/sso")
            .signing_cert("MIIC...")
    ).build()),
        ("sharepoint", connections::create_sharepoint("sharepoint")
    .options(
        ConnectionOptionsSharepoint::default()
            .client_id("id")
            .client_secret("secret")
    ).build()),
        ("shop", connections::create_shop("shop")
    .options(
        ConnectionOptionsShop::default()
            .client_id("id")
            .client_secret("secret")
    ).build()),
        ("shopify", connections::create_shopify("shopify")
    .options(
        ConnectionOptionsShopify::default()
            .client_id("id")
            .client_secret("secret")
    ).build()),
        ("sms", connections::create_sms("sms")
    .options(
        ConnectionOptionsSms::default()
            .name("sms")
            .brute_force_protection(true)
    ).build()),
        ("soundcloud", connections::create_soundcloud("soundcloud")
    .options(
        ConnectionOptionsSoundcloud::default()
            .client_id("id")
            .client_secret("secret")
    ).build()),
        ("thirtysevensignals", connections::create_thirtysevensignals("thirtysevensignals")
    .options(
        ConnectionOptionsThirtySevenSignals::default()
            .client_id("id")
            .client_secret("secret")
    ).build()),
        ("twitter", connections::create_twitter("twitter")
    .options(
        ConnectionOptionsTwitter::default()
            .client_id("id")
            .client_secret("secret")
    ).build()),
        ("untappd", connections::create_untappd("untappd")
    .options(
        ConnectionOptionsUntappd::default()
            .client_id("id")
            .client_secret("secret")
    ).build()),
        ("vkontakte", connections::create_vkontakte("vkontakte")
    .options(
        ConnectionOptionsVkontakte::default()
            .client_id("id")
            .client_secret("secret")
    ).build()),
        ("waad", connections::create_waad("waad")
    .options(
        ConnectionOptionsAzureAd::new("id")
            .client_secret("secret")
            .tenant_domain("acme.onmicrosoft.com")
    ).build()),
        ("weibo", connections::create_weibo("weibo")
    .options(
        ConnectionOptionsWeibo::default()
            .client_id("id")
            .client_secret("secret")
    ).build()),
        ("windowslive", connections::create_windowslive("windowslive")
    .options(
        ConnectionOptionsWindowsLive::default()
            .client_id("f81d4fae-7dec-11d0-a765-00a0c91e6bf6")
            .client_secret("secret")
    ).build()),
        ("wordpress", connections::create_wordpress("wordpress")
    .options(
        ConnectionOptionsWordpress::default()
            .client_id("id")
            .client_secret("secret")
    ).build()),
        ("yahoo", connections::create_yahoo("yahoo")
    .options(
        ConnectionOptionsYahoo::default()
            .client_id("id")
            .client_secret("secret")
    ).build()),
        ("yandex", connections::create_yandex("yandex")
    .options(
        ConnectionOptionsYandex::default()
            .client_id("id")
            .client_secret("secret")
    ).build()),
    ]
}
