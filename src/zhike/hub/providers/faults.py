"""What can be wrong with what identity providers say."""

from zhike.kernel.faults import Fault, NotAllowed, Unauthenticated, Unavailable
from zhike.kernel.words import Words


class ProviderBroken(Unavailable):
    """The identity provider {issuer} does not answer as it should: {reason}."""

    code = "H901"
    zh = "身份提供方 {issuer} 的应答有误：{reason}"


class InsecureProvider(Fault):
    """An identity provider has to be reached by https: {url}."""

    code = "H902"
    zh = "身份提供方必须使用 https:{url}"
    hint = Words(
        zh="仅 private_hosts 中列出的内网地址可以使用 http",
        en="only addresses of the own network listed in private_hosts may do without",
    )


class ProviderRefused(Unauthenticated):
    """The identity provider did not let you in: {reason}."""

    code = "H903"
    zh = "身份提供方未予登录：{reason}"


class TokenRefused(Unauthenticated):
    """What the identity provider said was not accepted: {reason}."""

    code = "H904"
    zh = "未接受身份提供方的凭据：{reason}"


class NotKnownHere(NotAllowed):
    """The identity provider vouches for you, but nobody here knows you."""

    code = "H905"
    zh = "身份提供方已确认您的身份，但此处没有您的账号"
    hint = Words(zh="请联系管理员开通账号", en="ask an administrator for an account")


class ForeignDomain(NotAllowed):
    """People sign in here by a verified e-mail of certain domains only."""

    code = "H906"
    zh = "仅允许使用指定域名且已验证的邮箱登录"
