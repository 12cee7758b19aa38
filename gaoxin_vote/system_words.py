"""What does the operating system complain of, in the words of the person at the screen?

`strerror` speaks the language of the locale, which is English more often than not.
"""

import errno

_BY_NAME = {
    "ENOENT": "没有这个文件或文件夹",
    "ENOTDIR": "路径中有一段不是文件夹",
    "EISDIR": "这是文件夹，不是文件",
    "EEXIST": "同名的文件已经存在",
    "EACCES": "没有权限，或文件正被其他程序占用",
    "EPERM": "没有权限",
    "EROFS": "磁盘或U盘是只读的，可能有写保护",
    "ENOSPC": "磁盘或U盘已满",
    "EDQUOT": "磁盘配额已用完",
    "EFBIG": "文件超过了磁盘或U盘允许的大小",
    "EIO": "磁盘或U盘读写出错，可能已损坏或松动",
    "ENODEV": "磁盘或U盘已移除",
    "ENXIO": "磁盘或U盘已移除",
    "ESTALE": "网络文件夹已断开",
    "EHOSTDOWN": "网络文件夹的电脑没有开机",
    "EHOSTUNREACH": "网络文件夹连接不上",
    "ENETUNREACH": "网络没有接通",
    "ETIMEDOUT": "等待超时，没有答复",
    "EBUSY": "文件或磁盘正被占用",
    "ETXTBSY": "文件正被其他程序占用",
    "ENAMETOOLONG": "文件名或路径过长",
    "EINVAL": "名称中有不能使用的字符，或磁盘不支持这样读写",
    "ELOOP": "链接互相指来指去",
    "EXDEV": "不能移到另一个磁盘上",
    "ENOTEMPTY": "文件夹不是空的",
    "EMFILE": "程序打开的文件过多",
    "ENFILE": "电脑打开的文件过多",
    "ENOMEM": "内存不足",
    "ENOTSUP": "磁盘不支持这样读写",
    "ENOLCK": "磁盘不支持文件锁",
    "EPIPE": "接收的程序已经关闭",
}
_WORDS = {getattr(errno, name): words for name, words in _BY_NAME.items() if hasattr(errno, name)}
"""By number, which differs between systems; not every system has every one."""


def system_words(error: OSError) -> str:
    """Why the system refused, in Chinese; a number for what has no words here, to look it up."""
    known = _WORDS.get(error.errno or 0)
    return known or (f"系统错误{error.errno}" if error.errno else "系统没有说明原因")
