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
            .with_tenant_domain("acme.com")
    ).build()),
        ("adfs", connections::create_adfs("adfs")
    .options(
        ConnectionOptionsAdfs::default()
            .with_adfs_server("https://adfs.acme.com")
    ).build()),
        ("amazon", connections::create_amazon("amazon")
    .options(
        ConnectionOptionsAmazon::default()
            .with_client_id("id")
            .with_client_secret("secret")
    ).build()),
        ("apple", connections::create_apple("apple")
    .options(
        ConnectionOptionsApple::default()
            .with_client_id("com.acme.app")
            .with_team_id("TEAM")
            .with_kid("KEY")
            .with_app_secret("-----BEGIN PRIVATE KEY-----")
    ).build()),
        ("auth0", connections::create_auth0("auth0")
    .options(
        ConnectionOptionsAuth0::default()
            .with_disable_signup(true)
    ).build()),
        ("auth0-oidc", connections::create_auth0_oidc("auth0-oidc")
    .options(
        ConnectionOptionsAuth0Oidc::default()
            .with_client_id("id")
            .with_client_secret("secret")
    ).build()),
        ("baidu", connections::create_baidu("baidu")
    .options(
        ConnectionOptionsBaidu::default()
            .with_client_id("id")
            .with_client_secret("secret")
    ).build()),
        ("bitbucket", connections::create_bitbucket("bitbucket")
    .options(
        ConnectionOptionsBitbucket::default()
            .with_client_id("abcdefghijklmnopqr")
            .with_client_secret("secret")
    ).build()),
        ("bitly", connections::create_bitly("bitly")
    .options(
        ConnectionOptionsBitly::default()
            .with_client_id("id")
            .with_client_secret("secret")
    ).build()),
        ("box", connections::create_box("box")
    .options(
        ConnectionOptionsBox::default()
            .with_client_id("id")
            .with_client_secret("secret")
    ).build()),
        ("custom", connections::create_custom("custom")
    .options(JsonObject::default()).build()),
        ("daccount", connections::create_daccount("daccount")
    .options(
        ConnectionOptionsDaccount::default()
            .with_client_id("id")
            .with_client_secret("secret")
    ).build()),
        ("dropbox", connections::create_dropbox("dropbox")
    .options(
        ConnectionOptionsDropbox::default()
            .with_client_id("id")
            .with_client_secret("secret")
    ).build()),
        ("dwolla", connections::create_dwolla("dwolla")
    .options(
        ConnectionOptionsDwolla::default()
            .with_client_id("id")
            .with_client_secret("secret")
    ).build()),
        ("email", connections::create_email("email")
    .options(ConnectionOptionsEmail::new(true, ConnectionEmailEmail::default(), "email")).build()),
        ("evernote", connections::create_evernote("evernote")
    .options(
        ConnectionOptionsEvernote::default()
            .with_client_id("id")
            .with_client_secret("secret")
    ).build()),
        ("evernote-sandbox", connections::create_evernote_sandbox("evernote-sandbox")
    .options(
        ConnectionOptionsEvernote::default()
            .with_client_id("id")
            .with_client_secret("secret")
    ).build()),
        ("exact", connections::create_exact("exact")
    .options(
        ConnectionOptionsExact::default()
            .with_client_id("f81d4fae-7dec-11d0-a765-00a0c91e6bf6")
            .with_client_secret("secret")
    ).build()),
        ("facebook", connections::create_facebook("facebook")
    .options(
        ConnectionOptionsFacebook::default()
            .with_client_id("id")
            .with_client_secret("secret")
    ).build()),
        ("fitbit", connections::create_fitbit("fitbit")
    .options(
        ConnectionOptionsFitbit::default()
            .with_client_id("id")
            .with_client_secret("secret")
    ).build()),
        ("github", connections::create_github("github")
    .options(
        ConnectionOptionsGitHub::default()
            .with_client_id("id")
            .with_client_secret("secret")
    ).build()),
        ("google-apps", connections::create_google_apps("google-apps")
    .options(
        ConnectionOptionsGoogleApps::new("id")
            .with_client_secret("secret")
            .with_domain("acme.com")
    ).build()),
        ("google-oauth2", connections::create_google_oauth2("google-oauth2")
    .options(
        ConnectionOptionsGoogleOAuth2::default()
            .with_client_id("id")
            .with_client_secret("secret")
    ).build()),
        ("instagram", connections::create_instagram("instagram")
    .options(
        ConnectionOptionsInstagram::default()
            .with_client_id("id")
            .with_client_secret("secret")
    ).build()),
        ("ip", connections::create_ip("ip")
    .options(JsonObject::default()).build()),
        ("line", connections::create_line("line")
    .options(
        ConnectionOptionsLine::default()
            .with_client_id("1234567890")
            .with_client_secret("secret")
    ).build()),
        ("linkedin", connections::create_linkedin("linkedin")
    .options(
        ConnectionOptionsLinkedin::default()
            .with_client_id("abcdefghij0123")
            .with_client_secret("secret")
    ).build()),
        ("oauth1", connections::create_oauth1("oauth1")
    .options(
        ConnectionOptionsOAuth1::default()
            .with_client_id("id")
            .with_client_secret("secret")
            .with_request_token_url("https://idp.example.org/request")
            .with_access_token_url("https://idp.example.org/access")
            .with_user_authorization_url("https://idp.example.org/authorize")
    ).build()),
        ("oauth2", connections::create_oauth2("oauth2")
    .options(
        ConnectionOptionsOAuth2::default()
            .with_client_id("id")
            .with_client_secret("secret")
            .with_authorization_url("https://idp.example.org/authorize")
            .with_token_url("https://idp.example.org/token")
    ).build()),
        ("office365", connections::create_office365("office365")
    .options(
        ConnectionOptionsOffice365::default()
            .with_client_id("id")
            .with_client_secret("secret")
    ).build()),
        ("oidc", connections::create_oidc("oidc")
    .options(
        ConnectionOptionsOidc::new("id")
            .with_discovery_url("https://idp.example.org/.well-known/openid-configuration")
    ).build()),
        ("okta", connections::create_okta("okta")
    .options(
        ConnectionOptionsOkta::new("id")
            .with_client_secret("secret")
            .with_domain("acme.okta.com")
    ).build()),
        ("paypal", connections::create_paypal("paypal")
    .options(
        ConnectionOptionsPaypal::default()
            .with_client_id("id")
            .with_client_secret("secret")
    ).build()),
        ("paypal-sandbox", connections::create_paypal_sandbox("paypal-sandbox")
    .options(
        ConnectionOptionsPaypal::default()
            .with_client_id("id")
            .with_client_secret("secret")
    ).build()),
        ("pingfederate", connections::create_pingfederate("pingfederate")
    .options(
        ConnectionOptionsPingFederate::new("https://ping.example.org")
            .with_sign_in_endpoint("https://ping.example.org/idp/SSO.saml2")
            .with_signing_cert("MIIC...")
    ).build()),
        ("planningcenter", connections::create_planningcenter("planningcenter")
    .options(
        ConnectionOptionsPlanningCenter::default()
            .with_client_id("id")
            .with_client_secret("secret")
    ).build()),
        ("salesforce", connections::create_salesforce("salesforce")
    .options(
        ConnectionOptionsSalesforce::default()
            .with_client_id("id")
            .with_client_secret("secret")
    ).build()),
        ("salesforce-community", connections::create_salesforce_community("salesforce-community")
    .options(
        ConnectionOptionsSalesforceCommunity::default()
            .with_client_id("id")
            .with_client_secret("secret")
    ).build()),
        ("salesforce-sandbox", connections::create_salesforce_sandbox("salesforce-sandbox")
    .options(
        ConnectionOptionsSalesforce::default()
            .with_client_id("id")
            .with_client_secret("secret")
    ).build()),
        ("samlp", connections::create_samlp("samlp")
    .options(
        ConnectionOptionsSaml::default()
            .with_sign_in_endpoint("https://idp.example.org/sso")
            .with_signing_cert("MIIC...")
    ).build()),
        ("sharepoint", connections::create_sharepoint("sharepoint")
    .options(
        ConnectionOptionsSharepoint::default()
            .with_client_id("id")
            .with_client_secret("secret")
    ).build()),
        ("shop", connections::create_shop("shop")
    .options(
        ConnectionOptionsShop::default()
            .with_client_id("id")
            .with_client_secret("secret")
    ).build()),
        ("shopify", connections::create_shopify("shopify")
    .options(
        ConnectionOptionsShopify::default()
            .with_client_id("id")
            .with_client_secret("secret")
    ).build()),
        ("sms", connections::create_sms("sms")
    .options(
        ConnectionOptionsSms::default()
            .with_name("sms")
            .with_brute_force_protection(true)
    ).build()),
        ("soundcloud", connections::create_soundcloud("soundcloud")
    .options(
        ConnectionOptionsSoundcloud::default()
            .with_client_id("id")
            .with_client_secret("secret")
    ).build()),
        ("thirtysevensignals", connections::create_thirtysevensignals("thirtysevensignals")
    .options(
        ConnectionOptionsThirtySevenSignals::default()
            .with_client_id("id")
            .with_client_secret("secret")
    ).build()),
        ("twitter", connections::create_twitter("twitter")
    .options(
        ConnectionOptionsTwitter::default()
            .with_client_id("id")
            .with_client_secret("secret")
    ).build()),
        ("untappd", connections::create_untappd("untappd")
    .options(
        ConnectionOptionsUntappd::default()
            .with_client_id("id")
            .with_client_secret("secret")
    ).build()),
        ("vkontakte", connections::create_vkontakte("vkontakte")
    .options(
        ConnectionOptionsVkontakte::default()
            .with_client_id("id")
            .with_client_secret("secret")
    ).build()),
        ("waad", connections::create_waad("waad")
    .options(
        ConnectionOptionsAzureAd::new("id")
            .with_client_secret("secret")
            .with_tenant_domain("acme.onmicrosoft.com")
    ).build()),
        ("weibo", connections::create_weibo("weibo")
    .options(
        ConnectionOptionsWeibo::default()
            .with_client_id("id")
            .with_client_secret("secret")
    ).build()),
        ("windowslive", connections::create_windowslive("windowslive")
    .options(
        ConnectionOptionsWindowsLive::default()
            .with_client_id("f81d4fae-7dec-11d0-a765-00a0c91e6bf6")
            .with_client_secret("secret")
    ).build()),
        ("wordpress", connections::create_wordpress("wordpress")
    .options(
        ConnectionOptionsWordpress::default()
            .with_client_id("id")
            .with_client_secret("secret")
    ).build()),
        ("yahoo", connections::create_yahoo("yahoo")
    .options(
        ConnectionOptionsYahoo::default()
            .with_client_id("id")
            .with_client_secret("secret")
    ).build()),
        ("yandex", connections::create_yandex("yandex")
    .options(
        ConnectionOptionsYandex::default()
            .with_client_id("id")
            .with_client_secret("secret")
    ).build()),
    ]
}
