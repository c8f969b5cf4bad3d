// Names of photos as phones, cameras, chats and people give them.
#include "rules/photo_name.hpp"

#include <gtest/gtest.h>

#include "tests/support/load_notice.hpp"

namespace baosong::test {
namespace {

using rules::PhotoName;

PhotoName judge(std::string_view name) {
  static const auto words =
      rules::photo_words(shipped_notice(), shipped_notice().item("exhibit-photos"));
  return rules::judge_photo_name(name, words);
}

class Machine : public ::testing::TestWithParam<const char*> {};
TEST_P(Machine, IsSaidToBeOne) { EXPECT_EQ(judge(GetParam()), PhotoName::kMachine); }
INSTANTIATE_TEST_SUITE_P(
    Names, Machine,
    ::testing::Values(
        "微信图片_20221020093012.jpg", "微信图片_20221020093012_1.jpg",
        "微信图片_202210200930123.png", "微信图片.jpg", "微信截图_20221020.png",
        "企业微信截图_16662366.png", "mmexport1666236612345.jpg", "mmexport1666236612345(1).jpg",
        "wx_camera_1666236612345.jpg", "IMG_20221020_093012.jpg", "IMG_20221020_093012_1.jpg",
        "IMG_0012.JPG", "IMG_1234.HEIC", "IMG-20221020-WA0001.jpg", "img20221020093012.jpg",
        "DSC_0001.JPG", "DSC00012.JPG", "DSCN1234.JPG", "DSCF0007.jpg", "_DSC0001.jpg",
        "_MG_2231.jpg", "PXL_20221020_013012345.jpg", "MVIMG_20221020_093012.jpg", "P1010023.JPG",
        "Screenshot_20221020-093012_WeChat.jpg", "Screenshot 2022-10-20 at 9.30.12.png",
        "屏幕截图 2022-10-20 093012.png", "截图1.png", "截屏2022-10-20 09.30.12.png",
        "QQ图片20221020093012.jpg", "QQ截图20221020.png", "TIM图片20221020.jpg", "图片1.jpg",
        "图片 (2).png", "照片1.jpg", "照片01.jpg", "照片一.jpg", "1.jpg", "02.jpg", "(3).jpg",
        "4.jpeg", "1 (1).jpg", "20221020.jpg", "20221020_093012.jpg", "2022-10-20 093012.jpg",
        "1666236612345.jpg", "新建位图图像.bmp", "新建图片.jpg", "无标题.jpg", "未命名.png",
        "d41d8cd98f00b204e9800998ecf8427e.jpg", "0f8fad5b-d9cb-469f-a165-70867728950e.jpg",
        "5a1c9f3e2b7d4c60.jpg", "lALPDhmOvX1abcM4zQPo_1000_568.png",
        "tb_image_share_1666236612345.jpg", "beauty_20221020093012.jpg",
        "C360_2022-10-20-09-30-12-345.jpg", "扫描全能王 2022-10-24 16.20_1.jpg",
        "CamScanner 10-24-2022 16.20.jpg", "image001.jpg", "image.png", "WeChatIMG123.jpeg",
        "photo_2022-10-20.jpg", "unnamed.jpg", "朝阳区/微信图片_20221020093012.jpg",
        "mmexport1666236612345.jpg.jpg", "钉钉图片20221020.jpg", "dji_0012.jpg", "图1.jpg"));

class Generic : public ::testing::TestWithParam<const char*> {};
TEST_P(Generic, IsSaidToBeOne) { EXPECT_EQ(judge(GetParam()), PhotoName::kGeneric); }
INSTANTIATE_TEST_SUITE_P(Names, Generic,
                         ::testing::Values("活动照片.jpg", "活动照片1.jpg", "活动照片（3）.jpg",
                                           "朝阳区活动照片2.jpg", "展板照片1.jpg",
                                           "朝阳区教育局1.jpg", "学习活动照片4.jpg",
                                           "终身学习活动周照片.jpg", "二道区社区教育学院照片3.jpg",
                                           "现场1.jpg", "2022年10月20日活动.jpg",
                                           "朝阳区2022年全民终身学习活动周展板照片1.jpg",
                                           "活动现场图片 - 副本.jpg", "朝阳区展板素材照片02.jpg",
                                           "附件1照片.jpg", "picnic.jpg", "reading club.jpg"));

class Fine : public ::testing::TestWithParam<const char*> {};
TEST_P(Fine, IsNotFoundFaultWith) { EXPECT_EQ(judge(GetParam()), PhotoName::kFine); }
INSTANTIATE_TEST_SUITE_P(
    Names, Fine,
    ::testing::Values("社区书法课堂.jpg", "老年智能手机培训.jpg", "1.社区书法课堂.jpg",
                      "居民读书分享会.JPG", "剪纸技艺体验.heic", "朝阳区清和社区书法课堂.jpg",
                      "展板照片1：老年合唱团排练.jpg", "微信图片_20221020 社区书法课堂.jpg",
                      "IMG_20221020 广场舞培训班展演.jpg", "2022年10月20日老年大学开学典礼.jpg",
                      "社区居民学习包粽子.jpg", "能者为师走进校园.png", "百艺雅集工作室揭牌.jpg",
                      "智慧助老志愿服务.jpg", "亲子阅读活动现场.jpg", "二道区青河社区茶艺体验.jpg",
                      "照片1-居民练习太极拳.jpg", "展板/非遗剪纸进课堂.jpg", "社区书法课堂(1).jpg",
                      "社区书法课堂 - 副本.jpg"));

}  // namespace
}  // namespace baosong::test
